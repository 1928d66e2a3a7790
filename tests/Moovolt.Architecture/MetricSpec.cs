using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>
/// Whoever reads of a metric finds it at <c>/metrics</c> under that name: an alert on a name that nothing has never fires.
/// </summary>
public sealed class MetricSpec
{
    // Prometheus' names for .NET's instruments: a counter ends in _total, a histogram is three series.
    private static readonly HashSet<string> Exported = [.. Repository.Files()
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
        .SelectMany(file => Regex.Matches(
            Repository.Read(file), @"\.Create(?:Observable)?(\w+?)(?:<\w+>)?\(\s*""(moovolt_[a-z_]+)""").Cast<Match>())
        .SelectMany(match => Series(match.Groups[1].Value, match.Groups[2].Value))];

    [Fact]
    public void There_are_metrics_of_every_kind() =>
        Assert.Superset(
            new HashSet<string>
            {
                "moovolt_ocpp_connections", "moovolt_ocpp_unanswered_calls_total", "moovolt_observations_dropped_total",
                "moovolt_tx_ack_seconds_bucket", "moovolt_clock_skew_seconds",
            },
            Exported);

    [Fact]
    public void Every_metric_that_a_page_or_a_manifest_names_is_exported_under_that_name() =>
        Offenders.None(
            from file in Repository.Files()
            where Path.GetExtension(file) is ".md" or ".yml" or ".yaml" or ".conf"
            from match in Regex.Matches(Repository.Read(file), @"\bmoovolt_[a-z]+(?:_[a-z]+)+\b").Cast<Match>()
            where !Exported.Contains(match.Value)
            select $"{file}: {match.Value}");

    private static IEnumerable<string> Series(string kind, string name) => kind switch
    {
        "Counter" => [name.EndsWith("_total", StringComparison.Ordinal) ? name : $"{name}_total"],
        "Histogram" => [name, $"{name}_bucket", $"{name}_sum", $"{name}_count"],
        _ => [name],
    };
}
