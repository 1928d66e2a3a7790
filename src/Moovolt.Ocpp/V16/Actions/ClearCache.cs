using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.ClearCache;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.4: forget which idTags were known.</summary>
[OcppAction("ClearCache", OcppVersion.V16)]
public sealed record ClearCache : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public static Wording ToCall(Wish request) => Wording.Of(new ClearCache());

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
