using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, A04: something that concerns the charger's security. Its delivery is guaranteed: it is answered when
/// it is stored.
/// </summary>
[OcppAction("SecurityEventNotification", OcppVersion.V201, OcppVersion.V21)]
public sealed record SecurityEventNotification(
    [AsItComes, MaxLength(50)] string Type,
    DateTimeOffset Timestamp,
    [AsItComes, MaxLength(255)] string? TechInfo = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportSecurityEvent(arrival.From, arrival.Epoch, Type, Timestamp, TechInfo, arrival.At), new Response());
}
