using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.ClearCache;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, C11: forget which idTokens were known.</summary>
[OcppAction("ClearCache", OcppVersion.V201, OcppVersion.V21)]
public sealed record ClearCache : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) => Wording.Of(new ClearCache());

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
