using System.Text.Json;
using Xunit;

namespace Moovolt.Ocpp.Tests;

public sealed class CatalogSpec
{
    public static TheoryData<OcppVersion> Versions() => [.. Dialect.All.Select(dialect => dialect.Version)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void No_action_appears_or_vanishes_unseen(OcppVersion version)
    {
        var stored = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{version}", "Actions.listing"));
        var found = ActionCatalog.All(version).Select(action => $"{action.Name} {action.Direction} {action.Record.FullName}\n");
        Assert.Equal(stored, string.Concat(found));
    }

    [Theory]
    [InlineData("Reset", """{"type":"Soft"}""")]
    [InlineData("GetConfiguration", "{}")]
    [InlineData("Reset", """{"type":"soft"}""", "type must be one of Hard, Soft.")]
    [InlineData("Reset", """{"type":"Soft","hurry":true}""", "hurry is no member of this action.")]
    [InlineData("Reset", "{}", "type is required.")]
    [InlineData("Reset", "[]", "The payload must be an object.")]
    [InlineData("ChangeConfiguration", """{"key":1,"value":2}""", "key must be a string.", "value must be a string.")]
    [InlineData("GetConfiguration", """{"key":["a",2]}""", "key[1] must be a string.")]
    [InlineData("GetConfiguration", """{"key":null}""", "key must be an array.")]
    [InlineData("Reset", """{"type":"Soft","type":"Hard"}""", "type appears twice.")]
    [InlineData("Reset", """{"type":"\ud800"}""", "The payload has an escape in it that is no character (half a surrogate pair, or NUL).")]
    [InlineData("Heartbeat", "{}", "Heartbeat is no action that a charger of this version can be sent.")]
    [InlineData("Nope", "{}", "Nope is no action that a charger of this version can be sent.")]
    public void An_operator_learns_what_is_wrong_with_a_call(string action, string payload, params string[] problems) =>
        Assert.Equal(problems, ActionCatalog.Problems(OcppVersion.V16, action, JsonElement.Parse(payload)));
}
