using System.Collections.Immutable;
using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp;

namespace Moovolt.Benchmarks;

/// <summary>What a charger says most, as frames and as what they become.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly TransactionId Transaction = new(new ChargePointId("SIM-0001"), "17");

    public static readonly Arrival Arrival = new(Transaction.ChargePoint, 1, Now, UnknownTokens.Refuse, 300, [], null);

    public static readonly byte[] Heartbeat = """[2,"0196f1f0b7f27c0aa1e0d1d2c3b4a596","Heartbeat",{}]"""u8.ToArray();

    public static readonly byte[] MeterValues = Encoding.UTF8.GetBytes(
        """
        [2,"0196f1f0b7f27c0aa1e0d1d2c3b4a596","MeterValues",{"connectorId":1,"transactionId":17,"meterValue":[{"timestamp":
        "2026-01-01T12:00:00.000Z","sampledValue":[{"value":"1695997","context":"Sample.Periodic","measurand":
        "Energy.Active.Import.Register","unit":"Wh"},{"value":"11000","context":"Sample.Periodic","measurand":
        "Power.Active.Import","unit":"W"}]}]}]
        """);

    public static readonly Transaction Running = Domain.Transactions.Transaction.Apply(
        Domain.Transactions.Transaction.Initial,
        new TransactionBegan(Transaction, new ConnectorId(1, 1), "DRIVER-0001", Verdict.Accepted, new Energy(1_695_900), Now, Now, true));

    /// <summary>The event that a MeterValues of the simulator becomes.</summary>
    public static SamplesRecorded Samples(TransactionId id, long wattHours, DateTimeOffset at) =>
        new(id, Readings(wattHours, at), at);

    public static ImmutableArray<Sample> Readings(long wattHours, DateTimeOffset at) =>
    [
        new Sample(at,
        [
            new Reading($"{wattHours}", "Energy.Active.Import.Register", "Wh", "Sample.Periodic"),
            new Reading("11000", "Power.Active.Import", "W", "Sample.Periodic"),
        ]),
    ];
}
