using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, D02: which version of the local list the charger holds. Its answer has no status.</summary>
[OcppAction("GetLocalListVersion", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetLocalListVersion : ICsmsCall<ReadLocalListVersion>
{
    public sealed record Response(int VersionNumber);

    public static Wording ToCall(ReadLocalListVersion request) => Wording.Of(new GetLocalListVersion());

    public StationAnswer ToAnswer(Heard heard)
    {
        // Missing or unreadable, it would read as 0: an empty list.
        if (!heard.Payload.TryGetProperty("versionNumber", out _))
            return new(RequestState.Failed, null, "unreadableAnswer", "The charger's answer names no version.");
        return new(
            RequestState.Accepted, Outcome: new LocalListVersionRead(((Response)heard.Response).VersionNumber));
    }
}
