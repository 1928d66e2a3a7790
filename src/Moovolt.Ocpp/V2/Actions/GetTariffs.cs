using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, I08: which tariffs do you hold?</summary>
[OcppAction("GetTariffs", OcppVersion.V21)]
public sealed record GetTariffs(int EvseId) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NoTariff")] string Status,
        StatusInfo? StatusInfo = null,
        [MinItems(1)] ImmutableArray<TariffAssignment>? TariffAssignments = null);

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard, "Accepted");
}
