using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.14: start anew, gracefully or at once.</summary>
[OcppAction("Reset", OcppVersion.V16)]
public sealed record Reset([OneOf("Hard", "Soft")] string Type) : ICsmsCall<Restart>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public static Wording ToCall(Restart request) => Wording.Of(new Reset(request.Hard ? "Hard" : "Soft"));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
