using System.Collections.Immutable;
using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.8: how the charger is set. Its answer has no status: to answer is to be willing.</summary>
[OcppAction("GetConfiguration", OcppVersion.V16)]
public sealed record GetConfiguration([MaxLength(50)] ImmutableArray<string>? Key) : ICsmsCall<ReadConfiguration>
{
    public sealed record Response(
        ImmutableArray<KeyValue>? ConfigurationKey,
        [AsItComes, MaxLength(50)] ImmutableArray<string>? UnknownKey);

    /// <summary>OCPP 1.6, 7.29. Vendors' values are numbers, or longer: they are kept as they come.</summary>
    public sealed record KeyValue(
        [AsItComes, MaxLength(50)] string Key, bool Readonly, [AsItComes, MaxLength(500)] string? Value);

    public static Wording ToCall(ReadConfiguration request) =>
        Wording.Of(new GetConfiguration(request.Keys.IsEmpty ? null : request.Keys));

    public StationAnswer ToAnswer(Heard heard)
    {
        // From the payload, and not from the record: what has a limit is cut to it there, and values may be longer.
        var items = Members(heard.Payload, "configurationKey").Select(Item).OfType<ConfigurationItem>()
            .DistinctBy(item => item.Key, StringComparer.OrdinalIgnoreCase);
        var unknown = Members(heard.Payload, "unknownKey").Select(Text).OfType<string>()
            .Select(key => ConfigurationItem.Of(key, null).Key).Distinct(StringComparer.OrdinalIgnoreCase);
        return new StationAnswer(
            RequestState.Accepted,
            Outcome: new ConfigurationRead(
                [.. items.Take(Configurations.Most)], [.. unknown.Take(Configurations.Most)]));
    }

    /// <summary>
    /// Some chargers have a CALLERROR for a key that they do not know (Grizzl-E, github.com/lbbrhzn/ocpp#899). When
    /// nothing else was asked for, it is that key.
    /// </summary>
    public Outcome? Refused(string errorCode) =>
        Key is [var only] && errorCode is not ("NotImplemented" or "SecurityError")
            ? new ConfigurationUnknown(only) : null;

    private static ImmutableArray<JsonElement> Members(JsonElement payload, string name) =>
        !payload.TryGetProperty(name, out var list) ? []
        : list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()]
        : [list];

    private static ConfigurationItem? Item(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
            && item.TryGetProperty("key", out var name) && Text(name) is { Length: > 0 } key
            ? Limits.Item(
                key, item.TryGetProperty("value", out var value) ? Text(value) : null, IsReadonly(item))
            : null;

    private static bool IsReadonly(JsonElement item) => item.TryGetProperty("readonly", out var flag)
        && (flag.ValueKind == JsonValueKind.True
            || (flag.ValueKind == JsonValueKind.String && bool.TryParse(flag.GetString(), out var written) && written));

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
