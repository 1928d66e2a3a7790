using System.Text.Json.Nodes;
using Moovolt.Faults.Checker;

namespace Moovolt.Faults.Run;

/// <summary>What a run has left behind, read by the checker.</summary>
/// <param name="Struck">When the fault began.</param>
/// <param name="Over">When its strike was over.</param>
/// <param name="Shown">What the API says of the crowd's transactions.</param>
internal sealed record Evidence(
    DateTimeOffset Struck, DateTimeOffset Over, Ledger Ledger, StoredSessions Sessions,
    IReadOnlyDictionary<string, StoredTransaction> Stored, IReadOnlyList<JsonNode> Shown)
{
    /// <summary>The verdict on those alone that spoke one version.</summary>
    public Verdict Of(string protocol)
    {
        var stations = Ledger.Stations[protocol].ToHashSet();
        return Verdict.Of(
            Ledger.Of(protocol),
            Stored.Values.Where(each => stations.Contains(each.Station)).ToDictionary(each => each.Id),
            [.. Shown.Where(each => stations.Contains(each["chargePoint"]!.GetValue<string>()))]);
    }

    /// <summary>Acknowledged from the fault on.</summary>
    public IEnumerable<Ledger.Message> Since => Ledger.Acknowledged.Where(message => message.Wall >= Struck);

    /// <summary>MeterValues and Updated of chargers whose socket was on one of these nodes when the fault struck.</summary>
    public IEnumerable<Ledger.Message> SamplesAt(IReadOnlySet<string> nodes) => Since.Where(message =>
        message.Action == "MeterValues" || message.Kind == "Updated").Where(message =>
        Sessions.NodeOf(message.Station, Struck) is { } node && nodes.Contains(node));
}
