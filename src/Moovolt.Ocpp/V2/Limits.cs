using System.Collections.Frozen;
using System.Globalization;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp.V2;

/// <summary>
/// The variables by which a charger says what it can (OCPP 2.0.1, part 2, referenced components and variables), as items
/// of its configuration.
/// </summary>
internal static class Limits
{
    private const string Actual = "Actual";

    private static readonly FrozenDictionary<string, ChargerLimit> ByValue = new Dictionary<string, ChargerLimit>
    {
        ["SmartChargingCtrlr.ProfileStackLevel"] = ChargerLimit.StackLevel,
        ["SmartChargingCtrlr.PeriodsPerSchedule"] = ChargerLimit.SchedulePeriods,
        ["SmartChargingCtrlr.RateUnit"] = ChargerLimit.RateUnits,
        ["LocalAuthListCtrlr.Enabled"] = ChargerLimit.LocalListEnabled,
        ["LocalAuthListCtrlr.ItemsPerMessage"] = ChargerLimit.LocalListTokensAtOnce,
        ["LocalAuthListCtrlr.BytesPerMessage"] = ChargerLimit.LocalListBytes,
        ["ReservationCtrlr.NonEvseSpecific"] = ChargerLimit.ReservesAnyConnector,
        ["DeviceDataCtrlr.ItemsPerMessage(GetVariables)"] = ChargerLimit.KeysReadAtOnce,
        ["DeviceDataCtrlr.BytesPerMessage(GetVariables)"] = ChargerLimit.BytesOfReading,
        ["DeviceDataCtrlr.ItemsPerMessage(SetVariables)"] = ChargerLimit.KeysWrittenAtOnce,
        ["DeviceDataCtrlr.BytesPerMessage(SetVariables)"] = ChargerLimit.BytesOfWriting,
        ["MonitoringCtrlr.ItemsPerMessage(SetVariableMonitoring)"] = ChargerLimit.MonitorsAtOnce,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Their value is how many there are; how many there may be is in their characteristics, so in reports only.
    private static readonly FrozenDictionary<string, ChargerLimit> ByMaximum = new Dictionary<string, ChargerLimit>
    {
        ["SmartChargingCtrlr.Entries(ChargingProfiles)"] = ChargerLimit.Profiles,
        ["LocalAuthListCtrlr.Entries"] = ChargerLimit.LocalListTokens,
        ["DisplayMessageCtrlr.DisplayMessages"] = ChargerLimit.DisplayMessages,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="attribute">Which value of the variable it is: only the actual one limits; null is that one.</param>
    public static ConfigurationItem Item(string key, string? value, string? attribute = null) => ConfigurationItem.Of(
        key,
        value,
        limit: attribute is null or Actual && ByValue.TryGetValue(key, out var limit) ? limit : null);

    /// <summary>The limits that are among the variables of a report.</summary>
    public static IEnumerable<ConfigurationItem> Among(IEnumerable<ModelVariable> variables)
    {
        foreach (var variable in variables)
        {
            var key = variable.Key();
            if (ByMaximum.TryGetValue(key, out var limit) && variable.Max is { } most)
            {
                yield return ConfigurationItem.Of(
                    key, decimal.Truncate(most).ToString(CultureInfo.InvariantCulture), isReadonly: true, limit);
            }
            else if (ByValue.ContainsKey(key)
                && variable.Attributes.FirstOrDefault(one => one.Kind == Actual) is { } actual)
            {
                yield return Item(key, actual.Value);
            }
        }
    }
}
