using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Api.Tests;

/// <summary>What a charger says while it charges, as far as the bridge shows it.</summary>
internal static class Charging
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <returns>The number that the transaction got.</returns>
    public static async Task<string> Begin(Bridge bridge, ChargePointId id, string token = "TAG", int meter = 1234, DateTimeOffset? at = null,
        bool shown = true)
    {
        var began = (Began)await bridge.Ask(new NumberTransaction(
            id, $"1|{token}|{at ?? Noon:O}|{meter}", new ConnectorId(1, 1), token, Verdict.Accepted, new Energy(meter), at ?? Noon, Noon, []));
        if (shown) await bridge.Shown($"transaction/{began.Id}");
        return began.Id.LocalId;
    }

    public static async Task Meter(Bridge bridge, ChargePointId id, string localId, params int[] registers)
    {
        foreach (var (register, minute) in registers.Select((register, i) => (register, i + 1)))
        {
            await bridge.Ask(new RecordSamples(
                new TransactionId(id, localId), new ConnectorId(1, 1), [new Sample(Noon.AddMinutes(minute), [new Reading($"{register}")])], Noon, []));
        }

        await bridge.Shown($"transaction/{id}/{localId}");
    }

    public static async Task End(Bridge bridge, ChargePointId id, string localId, int meter = 8765, string? frame = null)
    {
        await bridge.Ask(new EndTransaction(
            new TransactionId(id, localId), null, new Energy(meter), "Local", Noon.AddHours(1), Noon, [], [], frame));
        await bridge.Shown($"transaction/{id}/{localId}");
    }
}
