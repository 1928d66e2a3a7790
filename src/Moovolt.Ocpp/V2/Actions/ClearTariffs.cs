using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, I11: tariffs are taken away.</summary>
[OcppAction("ClearTariffs", OcppVersion.V21)]
public sealed record ClearTariffs(
    [MaxLength(60), MinItems(1)] ImmutableArray<string>? TariffIds = null,
    int? EvseId = null) : ICsmsCall
{
    public sealed record Response([MinItems(1)] ImmutableArray<ClearTariffsResult> ClearTariffsResult);

    public StationAnswer ToAnswer(Heard heard) =>
        Answers.All(((Response)heard.Response).ClearTariffsResult is { IsDefault: false } results
            ? results.Select(one => one.Status)
            : []);
}
