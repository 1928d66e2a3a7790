using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Moovolt.Gateway.Tests;

/// <summary>What one gateway has counted, by a counter's name and the values of its labels; of others nothing.</summary>
internal sealed class Counts : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counts = new();

    public Counts(GatewayMetrics gateway)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, gateway)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            var name = instrument.Name;
            foreach (var (_, value) in tags) name += $" {value}";
            counts.AddOrUpdate(name, count, (_, before) => before + count);
        });
        listener.Start();
    }

    public long this[string name] => counts.GetValueOrDefault(name);

    public void Dispose() => listener.Dispose();
}
