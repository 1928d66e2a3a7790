using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.Tests;

/// <summary>The sentences that the specs are written in.</summary>
internal static class Words
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly ChargePointId Cp1 = new("CP-1");
    public static readonly ChargePointId Cp2 = new("CP-2");

    public static NumberTransaction Start(
        ChargePointId id, int connector, string token, long meter, int minute = 0, Verdict? verdict = null) => new(
        id, $"{connector}|{token}|{minute}|{meter}", ConnectorId.Of16(connector), token, verdict ?? Verdict.Accepted,
        new Energy(meter), Noon.AddMinutes(minute), Noon.AddMinutes(minute), []);

    public static RecordSamples Meter(TransactionId id, int connector, long register, int minute) => new(
        id, ConnectorId.Of16(connector), [Sample(register, minute)], Noon.AddMinutes(minute), []);

    public static Sample Sample(long register, int minute) =>
        new(Noon.AddMinutes(minute), [new Reading($"{register}", "Energy.Active.Import.Register", "Wh")]);

    public static EndTransaction Stop(TransactionId id, long meter, int minute = 60, string? token = null) => new(
        id, token, new Energy(meter), "Local", Noon.AddMinutes(minute), Noon.AddMinutes(minute), [], []);

    public static BeginTransaction Begin(TransactionId id, long meter, bool numberedByUs = false) => new(
        id, new ConnectorId(1, 1), "TAG", Verdict.Accepted, new Energy(meter), Noon, Noon, numberedByUs, []);

    public static OpenSession Open(ChargePointId id, string session, long epoch = 0, int minute = 0) => new(
        id, session, epoch, "ocpp1.6", "akka.tcp://moovolt@10.0.0.1:4053", 77, "192.0.2.7", 0, Noon.AddMinutes(minute));

    public static ReportBoot Boot(ChargePointId id, long epoch) => new(id, epoch, new BootDetails("Acme", "One"), Noon);

    public static RequestStation Ask(ChargePointId id, string request, int? queueMinutes = null, int minute = 0) => new(
        id, request, new Restart(Hard: false), "maria", 30,
        queueMinutes is { } minutes ? Noon.AddMinutes(minute + minutes) : null, Noon.AddMinutes(minute));

    public static DefineToken Define(string token, int? maxConcurrent = null, bool blocked = false, DateTimeOffset? expiresAt = null) =>
        new(new TokenId(token), blocked, expiresAt, null, null, maxConcurrent, "maria", Noon);

    public static ImmutableArray<T> Stored<T>(this World world) => [.. world.Journal.OfType<T>()];
}
