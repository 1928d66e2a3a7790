using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, I08: which tariffs do you hold?</summary>
[OcppAction("GetTariffs", OcppVersion.V21)]
public sealed record GetTariffs([AtLeast(0)] int EvseId) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NoTariff")] string Status,
        StatusInfo? StatusInfo = null,
        [MinItems(1)] ImmutableArray<TariffAssignment>? TariffAssignments = null);

    /// <summary>Prices are not told: what is known of a tariff stays, and what is not told is held no more.</summary>
    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted, Outcome: new NowHeld(
            HeldKind.Tariff,
            [
                .. from told in ((Response)heard.Response).TariffAssignments ?? []
                   from evse in told.EvseIds ?? [0]
                   select new HeldThing(
                       HeldKind.Tariff,
                       told.TariffId,
                       new ConnectorId(evse, 0),
                       Held.AsKnown,
                       told.TariffKind == "DefaultTariff" ? HeldThings.Default : "driver"),
            ],
            Whole: EvseId == 0)),
        "NoTariff" => new(RequestState.Accepted, Outcome: EvseId == 0
            ? new NowHeld(HeldKind.Tariff, [], Whole: true)
            : new NoLongerHeld(HeldKind.Tariff, [], new ConnectorId(EvseId, 0))),
        _ => heard.Judge(),
    };
}
