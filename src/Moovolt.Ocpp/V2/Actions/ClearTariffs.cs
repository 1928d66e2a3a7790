using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, I11: tariffs are taken away.</summary>
[OcppAction("ClearTariffs", OcppVersion.V21)]
public sealed record ClearTariffs(
    [MaxLength(60), MinItems(1)] ImmutableArray<string>? TariffIds = null,
    [AtLeast(0)] int? EvseId = null) : ICsmsCall
{
    public sealed record Response([MinItems(1)] ImmutableArray<ClearTariffsResult> ClearTariffsResult);

    public StationAnswer ToAnswer(Heard heard)
    {
        if (((Response)heard.Response).ClearTariffsResult is not { IsDefault: false } results) return Answers.All([]);
        var answer = Answers.All(results.Select(one => one.Status));
        var place = EvseId is { } evse ? new ConnectorId(evse, 0) : (ConnectorId?)null;
        ImmutableArray<string> gone =
        [
            .. results.Where(one => one is { Status: "Accepted" or "NoTariff", TariffId: not null })
                .Select(one => one.TariffId).OfType<string>(),
        ];
        return gone.IsEmpty && results.All(one => one.Status != "Accepted")
            ? answer
            : answer with { Outcome = new NoLongerHeld(HeldKind.Tariff, gone, place) };
    }
}
