using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, O03 and O04: what do you show? It comes as NotifyDisplayMessages.</summary>
[OcppAction("GetDisplayMessages", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetDisplayMessages(
    int RequestId,
    [MinItems(1), AtLeast(0, Since = OcppVersion.V21)] ImmutableArray<int>? Id = null,
    [OneOf("AlwaysFront", "InFront", "NormalCycle")] string? Priority = null,
    [OneOf("Charging", "Faulted", "Idle", "Unavailable")]
    [OneOf("Suspended", "Discharging", Since = OcppVersion.V21)]
    string? State = null) : ICsmsCall
{
    public sealed record Response([OneOf("Accepted", "Unknown")] string Status, StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Told(
        heard, HeldKind.DisplayMessage, RequestId, Id is null && Priority is null && State is null, "Unknown");
}
