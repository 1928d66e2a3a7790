using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ClearTariffsResultType: Clear tariffs result.</summary>
public sealed record ClearTariffsResult(
    [OneOf("Accepted", "Rejected", "NoTariff")] string Status,
    StatusInfo? StatusInfo = null,
    [MaxLength(60)] string? TariffId = null);
