using System.Collections.Frozen;
using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Journal;

/// <summary>
/// Before dialects named what a key limits, events held the keys of OCPP 1.6 and the domain knew them. What was stored
/// then says the same limits when it is read today. This table is closed: it says what those rows meant.
/// </summary>
internal static class FormerKeys
{
    private static readonly FrozenDictionary<string, ChargerLimit> Meant = new Dictionary<string, ChargerLimit>
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

    /// <summary>What was read, with the limits that it says; the very same object when it says none, or says them itself.</summary>
    public static object Translate(object read) => read switch
    {
        StationAnswered { Answer.Outcome: ConfigurationRead outcome } e when Former(outcome.Items) =>
            With(e, outcome with { Items = Translate(outcome.Items) }),
        StationAnswered { Answer.Outcome: ConfigurationWritten outcome } e when Former(outcome.Item) =>
            With(e, outcome with { Item = Translate(outcome.Item) }),
        _ => read,
    };

    private static StationAnswered With(StationAnswered e, Outcome outcome) =>
        e with { Answer = e.Answer with { Outcome = outcome } };

    private static bool Former(ImmutableArray<ConfigurationItem> items)
    {
        foreach (var item in items)
        {
            if (Former(item)) return true;
        }

        return false;
    }

    private static bool Former(ConfigurationItem item) => item.Limit is null && Meant.ContainsKey(item.Key);

    private static ImmutableArray<ConfigurationItem> Translate(ImmutableArray<ConfigurationItem> items) =>
        [.. items.Select(Translate)];

    private static ConfigurationItem Translate(ConfigurationItem item) =>
        Former(item) ? item with { Limit = Meant[item.Key] } : item;
}
