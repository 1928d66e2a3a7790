using System.Diagnostics.Metrics;

namespace Moovolt.Gateway;

/// <summary>
/// What an operator pages on: sessions, and calls that stayed unanswered; and what explains them. Labels never carry
/// anything that a charger chose: no identities, and no action that the catalog does not know.
/// </summary>
public sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "Moovolt.Gateway";

    private readonly Meter meter;
    private readonly UpDownCounter<int> connections;
    private readonly UpDownCounter<int> compressed;
    private readonly Counter<long> upgrades;
    private readonly Counter<long> calls;
    private readonly Counter<long> unanswered;
    private readonly Counter<long> unmatched;
    private readonly Counter<long> refusedResults;
    private readonly Counter<long> limits;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> acknowledged;

    public GatewayMetrics()
    {
        meter = new Meter(new MeterOptions(MeterName) { Scope = this }); // gateways of one process are told apart by it
        connections = meter.CreateUpDownCounter<int>(
            "moovolt_ocpp_connections", description: "Chargers connected to this node, by version.");
        compressed = meter.CreateUpDownCounter<int>(
            "moovolt_ocpp_compressed_connections",
            description: "Those of them on which permessage-deflate was agreed on, by version.");
        upgrades = meter.CreateCounter<long>(
            "moovolt_ocpp_upgrades", description: "Handshakes, by what came of them.");
        calls = meter.CreateCounter<long>(
            "moovolt_ocpp_calls", description: "Calls, by action, direction (in: from the charger) and result.");
        unanswered = meter.CreateCounter<long>(
            "moovolt_ocpp_unanswered_calls", description: "Calls that nobody answered in time, by direction.");
        unmatched = meter.CreateCounter<long>(
            "moovolt_ocpp_unmatched_results", description: "Results from chargers for calls that we never made.");
        refusedResults = meter.CreateCounter<long>(
            "moovolt_ocpp_refused_results",
            description: "Results that could not be used (CALLRESULTERROR, OCPP 2.1), by action and by whose they were.");
        limits = meter.CreateCounter<long>(
            "moovolt_ocpp_limits_hit", description: "Limits that a charger ran into.");
        duration = meter.CreateHistogram<double>(
            "moovolt_ocpp_call_duration_seconds", description: "From a charger's call to its answer.");
        acknowledged = meter.CreateHistogram<double>(
            "moovolt_tx_ack_seconds",
            description: "From a transaction message to its answer, the journal's commit included.");
    }

    public void Connected(string version, bool compresses) => Count(1, version, compresses);

    public void Disconnected(string version, bool compresses) => Count(-1, version, compresses);

    public void Upgrade(string result) => upgrades.Add(1, Label("result", result));

    /// <summary>A charger's call has its answer.</summary>
    public void Answered(string action, string result, TimeSpan took, bool ofTransaction)
    {
        calls.Add(1, Label("action", action), Label("direction", "in"), Label("result", result));
        duration.Record(took.TotalSeconds, Label("action", action));
        if (ofTransaction) acknowledged.Record(took.TotalSeconds);
    }

    /// <summary>A call of ours has come to something.</summary>
    public void Called(string action, string result) =>
        calls.Add(1, Label("action", action), Label("direction", "out"), Label("result", result));

    /// <param name="direction">in: we did not answer; out: the charger did not.</param>
    public void Unanswered(string direction) => unanswered.Add(1, Label("direction", direction));

    public void Unmatched() => unmatched.Add(1);

    /// <summary>Whoever called could not use the result.</summary>
    /// <param name="direction">in: a charger called, and the result was ours; out: we called, and it was the charger's.</param>
    public void ResultRefused(string action, string direction) =>
        refusedResults.Add(1, Label("action", action), Label("direction", direction));

    public void LimitHit(string limit) => limits.Add(1, Label("limit", limit));

    public void Dispose() => meter.Dispose();

    private void Count(int one, string version, bool compresses)
    {
        connections.Add(one, Label("version", version));
        if (compresses) compressed.Add(one, Label("version", version));
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
