using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.ReadModel.Commands;

/// <summary>
/// A wish in the words that an operator asks with (the body of a command), so that what is shown of it is the same
/// wherever it is read: in the answer to the request, or in a table long after.
/// </summary>
public static class Wishes
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON: the payload of a raw call as it was given, else the members of the command's body.</summary>
    public static string Write(StationRequest wish) => wish switch
    {
        RawCall raw => raw.Payload,
        StartCharging start => Print([("token", start.Token), .. Place(start.Connector)]),
        StopCharging stop => Print([("transaction", stop.Transaction.ToString())]),
        Restart restart => Print([("kind", restart.Hard ? "hard" : "soft")]),
        Unlock unlock => Print(Place(unlock.Connector)),
        ChangeAvailability change => Print([("operative", change.Operative), .. Place(change.Connector)]),
        ReadConfiguration { Keys.IsEmpty: true } => Print([]),
        ReadConfiguration read => Print([("keys", new JsonArray([.. read.Keys.Select(key => JsonValue.Create(key))]))]),
        WriteConfiguration write => Print([("key", write.Key), ("value", write.Value)]),
        ClearCache => Print([]),
        _ => throw new InvalidOperationException($"No words for {wish.GetType().Name}"),
    };

    private static IEnumerable<(string, JsonNode?)> Place(ConnectorId? place) =>
        place is { } at ? [("evse", at.Evse), ("connector", at.Connector)] : [];

    private static string Print(IEnumerable<(string Name, JsonNode? Value)> members) =>
        new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, member.Value)))
            .ToJsonString(Relaxed);
}
