using BenchmarkDotNet.Attributes;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Moovolt.Journal;

namespace Moovolt.Benchmarks;

/// <summary>What a meter sample costs an entity besides the database: to decide, to apply, to write and to read.</summary>
[MemoryDiagnoser]
public class EventBenchmarks
{
    private static readonly RecordSamples Command = new(
        Examples.Transaction, new ConnectorId(1, 1), Examples.Readings(1_695_997, Examples.Now), Examples.Now, [], Placed: true);

    private static readonly SamplesRecorded Event = Examples.Samples(Examples.Transaction, 1_695_997, Examples.Now);
    private static readonly string Manifest = JournalFormat.ManifestOf(Event);
    private static readonly byte[] Bytes = JournalFormat.Write(Event);

    [Benchmark]
    public Decision<TransactionEvent> Decide() => Transaction.Decide(Examples.Running, Command);

    [Benchmark]
    public Transaction Apply() => Transaction.Apply(Examples.Running, Event);

    [Benchmark]
    public byte[] Write() => JournalFormat.Write(Event);

    [Benchmark]
    public object Read() => JournalFormat.Read(Manifest, Bytes);
}
