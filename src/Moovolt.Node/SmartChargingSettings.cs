using Akka.Configuration;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Node;

/// <summary>From hocon's <c>moovolt.smart-charging</c> to how a car's wish for a schedule is met.</summary>
internal static class SmartChargingSettings
{
    private const string Path = "moovolt.smart-charging";

    /// <exception cref="SettingException">A bound is below 0.</exception>
    public static NeedsRule From(Config config) => new(
        config.GetBoolean($"{Path}.answer-needs"),
        Bound(config, $"{Path}.most-amperes"),
        Bound(config, $"{Path}.most-watts"));

    private static decimal? Bound(Config config, string at) => config.GetInt(at) switch
    {
        < 0 => throw new SettingException($"{at} is {config.GetInt(at)}; it must be at least 0."),
        0 => null,
        var bound => bound,
    };
}
