using Akka.Configuration;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Node;

/// <summary>
/// From hocon's <c>moovolt.transactions</c> and <c>moovolt.device-model</c> to what the clock tells entities: how long
/// they wait for what does not come.
/// </summary>
internal static class StopSettings
{
    private const string Path = "moovolt.transactions";

    /// <exception cref="SettingException">A span is shorter than chargers may be silent for.</exception>
    public static StopPatience From(Config config) => new(
        Seconds(config, $"{Path}.over-when-free-for", StopPatience.Least.Quiet),
        Seconds(config, $"{Path}.over-when-silent-for", StopPatience.Least.Idle));

    /// <exception cref="SettingException">It is shorter than a busy charger may be silent for.</exception>
    public static TimeSpan ReportSilence(Config config) => TimeSpan.FromSeconds(
        Seconds(config, "moovolt.device-model.report-silent-for", BrokenReports.LeastSilence));

    private static int Seconds(Config config, string at, TimeSpan least)
    {
        var span = config.GetTimeSpan(at);
        return span >= least && span.TotalSeconds <= int.MaxValue
            ? (int)span.TotalSeconds
            : throw new SettingException($"{at} is {span}; it must be at least {least}.");
    }
}
