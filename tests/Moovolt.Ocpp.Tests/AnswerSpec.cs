using System.Text.Json;
using System.Text.Json.Nodes;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Compliance;
using Moovolt.Ocpp.Schemas;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>Whatever a charger answers to whatever it was sent, something comes of it: reading it never throws.</summary>
public sealed class AnswerSpec
{
    private static readonly string[] Wrong =
        ["null", "17", "-1.5", "true", "\"\"", "\"x\"", "\"2026-13-45T99:00:00Z\"", "[]", "[null]", "[17]", "[{}]", "{}", "[[]]"];

    public static TheoryData<OcppVersion, string> ToCharger()
    {
        var actions = new TheoryData<OcppVersion, string>();
        foreach (var version in Dialect.All.Select(dialect => dialect.Version))
        {
            foreach (var action in ActionCatalog.All(version))
                if (action.Direction.HasFlag(Direction.ToCharger)) actions.Add(version, action.Name);
        }

        return actions;
    }

    [Theory]
    [MemberData(nameof(ToCharger))]
    public void Any_answer_to_an_action_comes_to_something(OcppVersion version, string name)
    {
        var action = ActionCatalog.Find(version, name)!; // it is of the catalog
        foreach (var request in new[] { Sample(action.Request, whole: true), Sample(action.Request, whole: false) })
            HearAll(version, new RawCall(name, request.ToJsonString()), name);
    }

    [Theory]
    [InlineData(OcppVersion.V16, "ChangeConfiguration")]
    [InlineData(OcppVersion.V201, "SetVariables")]
    [InlineData(OcppVersion.V21, "SetVariables")]
    public void Any_answer_to_a_new_password_comes_to_something(OcppVersion version, string name)
    {
        var wish = RotatePassword.Giving(new Secret(new byte[Secret.Length]));
        HearAll(version, wish, name);
        Assert.Null(Hear(version, wish, name, "{}").Outcome); // and nobody knows what became of it
    }

    private static void HearAll(OcppVersion version, StationRequest wish, string action)
    {
        var response = ActionCatalog.Find(version, action)!.Response; // it is of the catalog
        var good = Sample(response, whole: true);
        Hear(version, wish, action, good.ToJsonString());
        Hear(version, wish, action, "{}");
        Hear(version, wish, action, "[]");
        foreach (var path in Paths(good).ToArray())
        {
            Hear(version, wish, action, Without(good, path));
            foreach (var wrong in Wrong) Hear(version, wish, action, With(good, path, wrong));
        }
    }

    private static StationAnswer Hear(OcppVersion version, StationRequest wish, string action, string payload)
    {
        var dialect = Dialect.All.Single(one => one.Version == version);
        try
        {
            return dialect.Hear(wish, action, new Frame.CallResult("1", JsonElement.Parse(payload)));
        }
        catch (Exception bug)
        {
            throw new InvalidOperationException($"{version} {action}: {payload}", bug);
        }
    }

    // whole: with every member that there is; else with those that must be there.
    private static JsonNode Sample(Shape shape, bool whole) => shape switch
    {
        RecordShape record => new JsonObject(record.Members
            .Where(member => whole || member.IsRequired)
            .Select(member => KeyValuePair.Create(member.Name, (JsonNode?)Sample(member.Shape, whole)))),
        ListShape list => new JsonArray(Sample(list.Item, whole)),
        TextShape { Words: [var word, ..] } => word,
        TextShape => "x",
        UriShape => "https://example.com/x",
        FlagShape => true,
        MomentShape => "2026-01-01T12:00:00Z",
        AnyShape => new JsonObject(),
        _ => 1,
    };

    private static IEnumerable<object[]> Paths(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            Paths(member.Value).Select(below => (object[])[member.Key, .. below]).Prepend([member.Key])),
        JsonArray items => items.SelectMany((item, at) =>
            Paths(item).Select(below => (object[])[at, .. below]).Prepend([at])),
        _ => [],
    };

    private static string Without(JsonNode whole, object[] path)
    {
        var copy = whole.DeepClone();
        switch (Owner(copy, path))
        {
            case JsonObject members:
                members.Remove((string)path[^1]);
                break;
            case JsonArray items:
                items.RemoveAt((int)path[^1]);
                break;
        }

        return copy.ToJsonString();
    }

    private static string With(JsonNode whole, object[] path, string value)
    {
        var copy = whole.DeepClone();
        switch (Owner(copy, path))
        {
            case JsonObject members:
                members[(string)path[^1]] = JsonNode.Parse(value);
                break;
            case JsonArray items:
                items[(int)path[^1]] = JsonNode.Parse(value);
                break;
        }

        return copy.ToJsonString();
    }

    private static JsonNode? Owner(JsonNode? node, object[] path) =>
        path.SkipLast(1).Aggregate(node, (at, step) => step is int index ? at![index] : at![(string)step]); // made from it
}
