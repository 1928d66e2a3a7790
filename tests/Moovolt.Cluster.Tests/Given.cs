using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster.Tests;

/// <summary>Words that the tests speak in.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly ChargePointId Station = new("CP-1");
    public static readonly TransactionId Transaction = new(Station, "17");
    public static readonly TokenId Token = new("TAG");

    public static readonly BeginTransaction Begin = new(
        Transaction, new ConnectorId(1, 1), "TAG", Verdict.Accepted, new Energy(1_000), Noon, Noon, NumberedByUs: true, []);

    public static readonly EndTransaction End = new(Transaction, null, new Energy(5_000), "Local", Noon, Noon, [], []);

    public static readonly NumberTransaction Number = new(
        Station, "1|TAG|noon|1000", new ConnectorId(1, 1), "TAG", Verdict.Accepted, new Energy(1_000), Noon, Noon, []);

    public static OpenSession Open(string session, long epoch = 0) =>
        new(Station, session, epoch, "ocpp1.6", "akka.tcp://moovolt@127.0.0.1:1", 1, "127.0.0.1", 0, Noon);

    public static ReportBoot Boot(long epoch) => new(Station, epoch, new BootDetails("Vendor", "Model"), Noon);

    public static ReportStatus Status(int n) => new(
        Station, 1, new ConnectorId(1, 1), new ConnectorStatus("Available", "NoError", $"{n}"), null, Noon);

    public static RequestStation Request(string id) => new(Station, id, new ClearCache(), "tests", 30, null, Noon);

    public static DefineToken Define(int limit) => new(Token, false, null, null, null, limit, "tests", Noon);
}
