using CsCheck;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What is written together at PostgreSQL, and that each entity's statements stay in their order.</summary>
public sealed class LanesSpec
{
    private static readonly ManyRows[] Kinds =
    [
        new("new rows from unnest($1, $2)", "text, bigint", severalOfOne: true),
        new("upsert from unnest($1, $2)", "text, bigint"),
        new("update from unnest($1, $2)", "text, bigint"),
    ];

    [Fact]
    public void A_lanes_statements_stay_in_their_order_and_none_is_lost() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3]).Array[0, 60].Sample(told =>
        {
            var lanes = new Lanes(SqlDialect.Postgres);
            for (var n = 0; n < told.Length; n++) lanes.Add($"{told[n].Item1}", Of(told[n], n));

            var written = lanes.Statements().SelectMany(Rows).ToList();
            Assert.Equal(told.Length, written.Count);
            var given = told.Select((entry, n) => (Lane: $"{entry.Item1}", N: (long)n)).ToLookup(row => row.Lane);
            foreach (var lane in given) Assert.Equal(lane, written.Where(row => row.Lane == lane.Key));
        });

    [Fact]
    public void An_entity_is_in_a_statement_once_unless_its_rows_are_new() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3]).Array[0, 60].Sample(told =>
        {
            var lanes = new Lanes(SqlDialect.Postgres);
            for (var n = 0; n < told.Length; n++) lanes.Add($"{told[n].Item1}", Of(told[n], n));

            foreach (var statement in lanes.Statements())
            {
                if (statement.Sql.StartsWith("new", StringComparison.Ordinal)) continue;
                Assert.Distinct(Rows(statement).Select(row => row.Lane));
            }
        });

    [Fact]
    public void The_sessions_of_a_fleet_are_a_handful_of_statements()
    {
        var lanes = new Lanes(SqlDialect.Postgres);
        var sequence = 0;
        for (var n = 0; n < 100; n++)
        {
            foreach (var @event in Session(new TransactionId(new ChargePointId($"CP-{n}"), "1")))
            {
                var stored = new StoredEvent(new ReadOffset(1, ++sequence), "", sequence, "", @event, Stage.Noon);
                foreach (var statement in Projections.Of(stored)) lanes.Add(Projections.Lane(stored), statement);
            }
        }

        Assert.InRange(lanes.Statements().Count(), 1, 20);
    }

    [Fact]
    public void SQLite_is_told_row_by_row_in_the_order_of_events()
    {
        var lanes = new Lanes(SqlDialect.Sqlite);
        for (var n = 0; n < 10; n++) lanes.Add($"{n % 3}", Of((n % 3, 1), n));
        var written = lanes.Statements().SelectMany(Rows).Select(row => row.N);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => (long)n), written);
    }

    private static Statement Of((int Lane, int Kind) told, int n) => told.Kind < Kinds.Length
        ? new Statement("one row", $"{told.Lane}", (long)n) { Many = Kinds[told.Kind] }
        : new Statement("one row", $"{told.Lane}", (long)n);

    private static IEnumerable<(string Lane, long N)> Rows(Statement statement) => statement.Values switch
    {
        [string?[] lanes, long?[] numbers] => lanes.Zip(numbers, (lane, n) => (lane!, n!.Value)),
        [string lane, long n] => [(lane, n)],
        _ => throw new InvalidOperationException(statement.Sql),
    };

    private static IEnumerable<object> Session(TransactionId id)
    {
        Sample[] samples = [new Sample(Stage.Noon, [new Reading("5")])];
        yield return new TransactionBegan(
            id, ConnectorId.Of16(1), "CARD", Verdict.Accepted, new Energy(1), Stage.Noon, Stage.Noon, true);
        for (var n = 0; n < 4; n++) yield return new SamplesRecorded(id, [.. samples], Stage.Noon);
        yield return new TransactionEnded(
            id, null, new Energy(9), new Energy(8), "Local", Stage.Noon, Stage.Noon, [.. samples]);
    }
}
