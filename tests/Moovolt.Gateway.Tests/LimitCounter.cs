using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Moovolt.Gateway.Tests;

/// <summary>What one gateway's metrics say about limits, others in the same process left out.</summary>
internal sealed class LimitCounter : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> hits = new();

    /// <param name="gateway">Whose metrics.</param>
    /// <param name="factory">Who makes the meters of the web server in front of it.</param>
    public LimitCounter(GatewayMetrics gateway, IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            var ours = ReferenceEquals(instrument.Meter.Scope, gateway) && instrument.Name == "moovolt_ocpp_limits_hit";
            var servers = ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Name == "kestrel.connection.duration";
            if (ours || servers) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Count("limit", count, tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Count("error.type", 1, tags));
        listener.Start();
    }

    public long this[string limit] => hits.GetValueOrDefault(limit);

    /// <summary>Waits until a limit has been run into so often.</summary>
    public async Task UntilAsync(string limit, long times = 1)
    {
        for (var tries = 0; tries < 1500; tries++)
        {
            if (this[limit] >= times) return;
            await Task.Delay(10);
        }

        throw new TimeoutException($"{limit} was run into {this[limit]} times in 15 s, not {times}.");
    }

    public void Dispose() => listener.Dispose();

    private void Count(string label, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == label && value is string limit) hits.AddOrUpdate(limit, count, (_, before) => before + count);
        }
    }
}
