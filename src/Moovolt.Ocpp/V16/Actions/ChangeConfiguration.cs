using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.3: sets one key. "RebootRequired" is a yes too: it is stored, and holds after the next start.</summary>
[OcppAction("ChangeConfiguration", OcppVersion.V16)]
public sealed record ChangeConfiguration(
    [MaxLength(50)] string Key,
    [MaxLength(500)] string Value) : ICsmsCall<WriteConfiguration>
{
    public sealed record Response([OneOf("Accepted", "Rejected", "RebootRequired", "NotSupported")] string Status);

    public static Wording ToCall(WriteConfiguration request) =>
        Wording.Of(new ChangeConfiguration(request.Key, request.Value));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => Taken(rebootRequired: false),
        "RebootRequired" => Taken(rebootRequired: true),
        "NotSupported" => new StationAnswer(
            RequestState.Rejected, null, "NotSupported", $"The charger has no key {Key}.", new ConfigurationUnknown(Key)),
        "Rejected" => new StationAnswer(
            RequestState.Rejected, null, "Rejected", $"The charger has the key {Key}, and does not take that value for it."),
        _ => heard.Judge(),
    };

    private StationAnswer Taken(bool rebootRequired) => new(
        RequestState.Accepted, Outcome: new ConfigurationWritten(ConfigurationItem.Of(Key, Value), rebootRequired));
}
