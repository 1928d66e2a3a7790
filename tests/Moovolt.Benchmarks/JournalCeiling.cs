using System.Diagnostics;
using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;
using Moovolt.Simulator;

namespace Moovolt.Benchmarks;

/// <summary>
/// The journal's own ceiling: so many persistent actors that do nothing but store the event of a MeterValues, each the
/// next as soon as the last is committed, through the configuration, schema and serializer that the entities use.
/// </summary>
internal sealed class JournalCeiling(int actors, TimeSpan warmUp, TimeSpan measured)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="postgres">A connection string, or null for SQLite.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The figures, as JSON.</returns>
    public async Task<string> Measure(string? postgres, CancellationToken cancellation)
    {
        var directory = postgres is null ? Directory.CreateTempSubdirectory("moovolt-ceiling-") : null;
        try
        {
            using var data = directory is null ? null : DataDirectory.Open(directory.FullName);
            await using var stores = data is null ? Stores.OnPostgres(postgres ?? "") : Stores.OnSqlite(data);
            await new Migrations(stores, NullLogger<Migrations>.Instance).RunAsync(cancellation);
            return await Measure(
                data is null ? "persistence-postgres.conf" : "persistence-sqlite.conf",
                data is null ? postgres ?? "" : $"Data Source={data.JournalFile}",
                cancellation);
        }
        finally
        {
            directory?.Delete(recursive: true);
        }
    }

    private async Task<string> Measure(string database, string connection, CancellationToken cancellation)
    {
        var tally = new Tally();
        using var system = ActorSystem.Create("moovolt", Configuration(database, connection));
        var run = $"CEILING-{Stopwatch.GetTimestamp():x}";
        var writers = Enumerable.Range(1, actors)
            .Select(n => system.ActorOf(Props.Create(() => new Writer($"{run}-{n}", tally)))).ToArray();
        foreach (var writer in writers) writer.Tell(Writer.Next.One);

        await Task.Delay(warmUp, cancellation);
        var (since, cpu, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, tally.Latencies.Read().Count);
        tally.Latencies = new Histogram();
        await Task.Delay(measured, cancellation);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var latency = tally.Latencies.Read();
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        tally.Over = true;
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None); // what is being written may finish
        await system.Terminate();
        return JsonSerializer.Serialize(
            new
            {
                database = Path.GetFileNameWithoutExtension(database)["persistence-".Length..],
                actors,
                seconds,
                warmUpEvents = before,
                events = latency.Count,
                eventsPerSecond = latency.Count / seconds,
                latency,
                failures = tally.Failures,
                cpuSeconds = used,
                cpuShare = used / seconds / Environment.ProcessorCount,
            },
            Readable);
    }

    private static Config Configuration(string database, string connection)
    {
        var quoted = JsonSerializer.Serialize(connection);
        return ConfigurationFactory.ParseString(
                $$"""
                akka.loglevel = WARNING
                akka.stdout-loglevel = WARNING
                akka.log-dead-letters = off
                akka.persistence.journal.sql.connection-string = {{quoted}}
                akka.persistence.snapshot-store.sql.connection-string = {{quoted}}
                """)
            .WithFallback(Read(database)).WithFallback(Read("persistence.conf")).WithFallback(Read("serialization.conf"));
    }

    private static Config Read(string file) =>
        ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", file)));

    /// <summary>What all writers together have done.</summary>
    private sealed class Tally
    {
        private volatile Histogram latencies = new();
        private volatile bool over;
        private int failures;

        public Histogram Latencies { get => latencies; set => latencies = value; }

        public bool Over { get => over; set => over = value; }

        public int Failures => Volatile.Read(ref failures);

        public void Failed() => Interlocked.Increment(ref failures);
    }

    private sealed class Writer : Akka.Persistence.ReceivePersistentActor
    {
        private readonly Tally tally;

        public Writer(string identity, Tally tally)
        {
            this.tally = tally;
            var id = new TransactionId(new ChargePointId(identity), "1");
            var wattHours = 0L;
            PersistenceId = $"transaction/{id}";
            Recover<SamplesRecorded>(_ => { });
            Command<Next>(_ =>
            {
                var asked = Stopwatch.GetTimestamp();
                Persist(Examples.Samples(id, wattHours++, DateTimeOffset.UtcNow), _ =>
                {
                    tally.Latencies.Record(Stopwatch.GetElapsedTime(asked));
                    if (!tally.Over) Self.Tell(Next.One);
                });
            });
        }

        public override string PersistenceId { get; }

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
        {
            tally.Failed();
            base.OnPersistFailure(cause, @event, sequenceNr);
        }

        public sealed record Next
        {
            public static readonly Next One = new();
        }
    }
}
