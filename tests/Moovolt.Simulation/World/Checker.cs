using System.Net.WebSockets;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Simulation.Chargers;

namespace Moovolt.Simulation.World;

/// <summary>The promises, checked with each row and each answer, and all of them once more at the end.</summary>
internal sealed class Checker(SimulatedWorld world)
{
    private readonly Findings soFar = new(world);
    private readonly Dictionary<string, ModelSocket> sockets = new(StringComparer.Ordinal);
    private readonly Dictionary<(string ChargePoint, long Epoch), string> sessions = [];

    /// <summary>A session says which one it is.</summary>
    public void Registers(string session, ModelSocket socket) => sockets[session] = socket;

    /// <summary>A row has just been stored.</summary>
    public void Stored(Row row)
    {
        soFar.Read(row);
        switch (row.Event)
        {
            case SessionOpened e:
                sessions[(e.Id.Value, e.Epoch)] = e.Session;
                break;
            case SessionClosed { Reason: not (SessionEnd.Replaced or SessionEnd.NodeLost) } e
                when sockets[sessions[(e.Id.Value, e.Epoch)]].State == WebSocketState.Open:
                world.Violated(
                    $"{e.Id}: session {e.Epoch} is believed to be over ({e.Reason}), and its socket is open");
                break;
        }
    }

    /// <summary>A charger has just been told that we have what it said: from then on it forgets it.</summary>
    public void Answered(Saying said)
    {
        if (!soFar.Has(said)) world.Violated($"{said.Of} was answered {said}, and that is not stored");
    }

    /// <summary>Why the world has not come to rest; null when it has.</summary>
    public string? WhyNotAtRest()
    {
        if (world.Chargers.Find(charger => !charger.IsAtRest) is { } restless) return restless.Standing;
        if (world.Chargers.Select(WhyNotFound).FirstOrDefault(why => why is not null) is { } lost) return lost;
        foreach (var (id, state) in world.Journal.States)
        {
            var why = state switch
            {
                ChargePoint { Session: null } => "is offline",
                ChargePoint { Open: [var open, ..] } => $"has transaction {open.LocalId} open",
                ChargePoint known => known.Asked.FirstOrDefault(request => request.IsUnderWay) is { } wish
                    ? $"has {wish.RequestId} {wish.State}" : null,
                Transaction.Ended { Untold.IsEmpty: true } => null,
                Transaction.Ended ended => $"has not told {string.Join(" and ", ended.Untold)} of its end",
                Transaction => "has not ended",
                Token known => known.Places.Any(place => place.Transaction is not null) ? "holds a place" : null,
                _ => null,
            };
            if (why is not null) return $"{id} {why}";
        }

        return null;
    }

    /// <summary>Everything, from the stored rows alone.</summary>
    public void CheckAll(Operators operators)
    {
        if (WhyNotAtRest() is { } why) world.Violated($"half an hour after the last fault: {why}");
        var findings = new Findings(world);
        foreach (var row in world.Journal.Rows) findings.Read(row);
        foreach (var charger in world.Chargers)
        {
            foreach (var said in charger.Told)
            {
                if (said.IsAnswered && !findings.Has(said))
                    world.Violated($"{said.Of}: {said} was answered, and is lost");
            }
        }

        foreach (var charge in world.Charges) CheckEnergy(charge);
        foreach (var (wish, chargePoint) in operators.Asked) Check(wish, chargePoint);
    }

    // The newest socket wins, and the charge point knows where it is.
    private string? WhyNotFound(ModelCharger charger) =>
        Known(charger.Id)?.Session is { } session && charger.Node is { } node
            && (session.Node != node.Address || session.Incarnation != node.Incarnation)
            ? $"{charger.Id} is connected to {node}, and believed to be at {session.Node} run {session.Incarnation}"
            : null;

    private void CheckEnergy(Charge charge)
    {
        if (charge.MeterStop is not { } stop || charge.LocalId is null) return; // its charger is not at rest
        var id = $"transaction/{charge.Charger.Id}/{charge.LocalId}";
        if (world.Journal.States.GetValueOrDefault(id) is not Transaction.Ended ended)
            world.Violated($"{charge} has no end");
        else if (ended.End.Delivered != new Energy(stop - charge.MeterStart))
            world.Violated($"{charge} delivered {stop - charge.MeterStart} Wh, and counts for {ended.End.Delivered}");
    }

    // A wish ends in a state that is true of what the charger heard and said.
    private void Check(string wish, string chargePoint)
    {
        var charger = world.Chargers.Find(one => one.Id == chargePoint)!; // it was asked of one
        var (times, answer) = charger.Wishes.GetValueOrDefault(wish);
        var state = Known(chargePoint)?.Asked.FirstOrDefault(request => request.RequestId == wish)?.State;
        var honest = state switch
        {
            RequestState.Accepted or RequestState.Effective => answer == "Accepted",
            RequestState.Rejected => answer == "Rejected",
            RequestState.Failed => answer == "CallError",
            RequestState.TimedOut => true,
            RequestState.Queued or RequestState.Sent => true, // it is not at rest, which is said
            _ => times == 0,
        };
        if (!honest)
        {
            world.Violated(
                $"{wish} is {state?.ToString() ?? "unknown"}, and {chargePoint} heard it {times} times and answered "
                + $"{answer ?? "nothing"}");
        }
    }

    private ChargePoint? Known(string chargePoint) =>
        world.Journal.States.GetValueOrDefault($"charge-point/{chargePoint}") as ChargePoint;
}
