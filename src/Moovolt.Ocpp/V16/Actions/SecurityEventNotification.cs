using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6 security whitepaper, 5.6: something that concerns the charger's security. Its delivery is guaranteed (A04):
/// it is answered when it is stored.
/// </summary>
[OcppAction("SecurityEventNotification", OcppVersion.V16)]
public sealed record SecurityEventNotification(
    [AsItComes, MaxLength(50)] string Type,
    DateTimeOffset Timestamp,
    [AsItComes, MaxLength(255)] string? TechInfo) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportSecurityEvent(arrival.From, arrival.Epoch, Type, Timestamp, TechInfo, arrival.At), new Response());
}
