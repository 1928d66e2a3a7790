using System.Collections.Frozen;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp.V16;

/// <summary>The keys by which a charger says what it can (OCPP 1.6, 9), as items of its configuration.</summary>
internal static class Limits
{
    private static readonly FrozenDictionary<string, ChargerLimit> ByKey = new Dictionary<string, ChargerLimit>
    {
        ["ChargeProfileMaxStackLevel"] = ChargerLimit.StackLevel,
        ["ChargingScheduleMaxPeriods"] = ChargerLimit.SchedulePeriods,
        ["ChargingScheduleAllowedChargingRateUnit"] = ChargerLimit.RateUnits,
        ["MaxChargingProfilesInstalled"] = ChargerLimit.Profiles,
        ["LocalAuthListEnabled"] = ChargerLimit.LocalListEnabled,
        ["LocalAuthListMaxLength"] = ChargerLimit.LocalListTokens,
        ["SendLocalListMaxLength"] = ChargerLimit.LocalListTokensAtOnce,
        ["ReserveConnectorZeroSupported"] = ChargerLimit.ReservesAnyConnector,
        ["GetConfigurationMaxKeys"] = ChargerLimit.KeysReadAtOnce,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static ConfigurationItem Item(string key, string? value, bool isReadonly = false) => ConfigurationItem.Of(
        key, value, isReadonly, ByKey.TryGetValue(key, out var limit) ? limit : null);
}
