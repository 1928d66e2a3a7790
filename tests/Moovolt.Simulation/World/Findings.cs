using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Simulation.Chargers;

namespace Moovolt.Simulation.World;

/// <summary>
/// What a journal says, row after row, against what chargers really did: nothing that no charger did, nothing twice,
/// no gap, no epoch twice.
/// </summary>
internal sealed class Findings(SimulatedWorld world)
{
    private readonly Dictionary<string, long> lengths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Epoch, string Session)> epochs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Charge> charges = new(StringComparer.Ordinal);
    private readonly HashSet<Charge> numbered = [];
    private readonly HashSet<Charge> begun = [];
    private readonly HashSet<Charge> ended = [];
    private readonly HashSet<Saying> recorded = [];

    /// <summary>Whether what a charger said is stored, as far as has been read.</summary>
    public bool Has(Saying said) => said switch
    {
        { Action: "TransactionEvent" } => recorded.Contains(said),
        { Tells: Tells.Start, Of: { } charge } => numbered.Contains(charge) && begun.Contains(charge),
        { Tells: Tells.Stop, Of: { } charge } => ended.Contains(charge),
        _ => recorded.Contains(said),
    };

    public void Read(Row row)
    {
        var length = lengths.GetValueOrDefault(row.PersistenceId) + 1;
        lengths[row.PersistenceId] = length;
        if (row.SequenceNr != length)
            world.Violated($"{row.PersistenceId}: row {length} has the number {row.SequenceNr}");
        switch (row.Event)
        {
            case SessionOpened e:
                Read(e);
                break;
            case TransactionNumbered e:
                Read(e);
                break;
            case TransactionBegan e:
                Read(e);
                break;
            case SamplesRecorded e:
                Read(e);
                break;
            case TransactionEnded { Inferred: false } e:
                Read(e);
                break;
        }
    }

    private void Read(SessionOpened e)
    {
        if (epochs.TryGetValue(e.Id.Value, out var last)
            && (e.Epoch < last.Epoch || (e.Epoch == last.Epoch && e.Session != last.Session)))
            world.Violated($"{e.Id}: epoch {e.Epoch} was given out after {last.Epoch}");
        epochs[e.Id.Value] = (e.Epoch, e.Session);
    }

    private void Read(TransactionNumbered e)
    {
        var charge = world.Charges.Find(one =>
            one.Charger.Id == e.Id.Value && one.Connector == e.Connector.Evse && one.StartedAt == e.StartedAt);
        if (charge is null)
        {
            world.Violated($"{e.Id}: a start of {e.StartedAt:O} is numbered that no charger told");
            return;
        }

        if (!numbered.Add(charge)) world.Violated($"{charge} is numbered twice");
        if (!charges.TryAdd($"{e.Id}/{e.Start.Number}", charge))
            world.Violated($"{e.Id}: the number {e.Start.Number} is given out twice");
    }

    private void Read(TransactionBegan e)
    {
        if (Of(e.Id) is not { } charge) return;
        if (!begun.Add(charge) && e.NumberedByUs) world.Violated($"{charge} has begun twice");
        if (e.NumberedByUs && e.MeterStart != new Energy(charge.MeterStart))
            world.Violated($"{charge} began at {e.MeterStart}, not at {charge.MeterStart} Wh");
    }

    private void Read(SamplesRecorded e)
    {
        if (Of(e.Id) is not { } charge) return;
        foreach (var sample in e.Samples)
        {
            var said = charge.Charger.Told.Find(one => one.Of == charge
                && Milliseconds(one.At) == Milliseconds(sample.At) && sample.Register() == new Energy(one.Wh));
            if (said is null)
                world.Violated($"{charge}: {sample.Register()} of {sample.At:O} is kept, and no charger told it");
            else if (!recorded.Add(said))
                world.Violated($"{charge}: {said} is kept twice");
        }
    }

    private void Read(TransactionEnded e)
    {
        if (Of(e.Id) is not { } charge) return;
        if (charge.MeterStop is not { } stop)
        {
            world.Violated($"{charge} has ended, and its charger never said so");
            return;
        }

        if (e.MeterStop != new Energy(stop)) world.Violated($"{charge} ended at {e.MeterStop}, not at {stop} Wh");
        if (!ended.Add(charge) && charge.Charger is Charger16) world.Violated($"{charge} has ended twice");
    }

    // What a charger writes is no finer.
    private static long? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private Charge? Of(TransactionId id)
    {
        if (charges.TryGetValue($"{id}", out var known)) return known;
        var own = world.Charges.Find(one =>
            one.Charger is Charger2 && one.Charger.Id == id.ChargePoint.Value && one.LocalId == id.LocalId);
        if (own is null) world.Violated($"transaction {id} is of no charger");
        else charges[$"{id}"] = own;
        return own;
    }
}
