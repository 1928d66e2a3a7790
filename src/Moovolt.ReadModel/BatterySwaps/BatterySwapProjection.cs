using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.BatterySwaps;

/// <summary>From what was agreed, given and taken to a row each.</summary>
internal static class BatterySwapProjection
{
    public static readonly string[] Tables = ["battery_swaps"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version) => @event switch
    {
        StationAnswered { Answer.Outcome: SwapAgreed agreed } e => [Row(e, version, agreed.Swap, "agreed", agreed.Token, "[]")],
        BatteriesSwapped e => [Row(e, version, e.Swap, Word.Of(e.Step), e.Token, StoredJson.Write(e.Batteries))],
        _ => [],
    };

    private static Statement Row(
        ChargePointEvent e, long version, int swap, string step, string? token, string batteries) => new(
        """
        insert into battery_swaps (charge_point, sequence_number, swap, step, token, batteries, at)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        e.Id.Value, version, swap, step, token, batteries, e.At);
}
