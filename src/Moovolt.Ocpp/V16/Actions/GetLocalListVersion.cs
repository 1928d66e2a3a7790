using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.10: which version of the local list the charger holds. Its answer has no status.</summary>
[OcppAction("GetLocalListVersion", OcppVersion.V16)]
public sealed record GetLocalListVersion : ICsmsCall<ReadLocalListVersion>
{
    public sealed record Response(int ListVersion);

    public static Wording ToCall(ReadLocalListVersion request) => Wording.Of(new GetLocalListVersion());

    public StationAnswer ToAnswer(Heard heard)
    {
        // Missing or unreadable, it would read as 0: an empty list.
        if (!heard.Payload.TryGetProperty("listVersion", out _))
            return new StationAnswer(
                RequestState.Failed, null, "unreadableAnswer", "The charger's answer names no version.");

        var version = ((Response)heard.Response).ListVersion;
        var answer = new StationAnswer(RequestState.Accepted, Outcome: new LocalListVersionRead(version));
        return version >= 0 ? answer : answer with
        {
            ErrorCode = "NotSupported", ErrorDescription = "The charger supports no local list (version -1).",
        };
    }
}
