using System.Globalization;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, O05: show that no more.</summary>
[OcppAction("ClearDisplayMessage", OcppVersion.V201, OcppVersion.V21)]
public sealed record ClearDisplayMessage([AtLeast(0, Since = OcppVersion.V21)] int Id) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Unknown"), OneOf("Rejected", Since = OcppVersion.V21)] string Status,
        StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted, Outcome: Gone),
        "Unknown" => new(RequestState.Rejected, null, "Unknown", "The charger has no such message.", Gone),
        _ => heard.Judge(),
    };

    private NoLongerHeld Gone => new(HeldKind.DisplayMessage, [Id.ToString(CultureInfo.InvariantCulture)]);
}
