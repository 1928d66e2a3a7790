using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;

namespace Moovolt.Simulation.World;

/// <summary>A defect that is put in on purpose, to see that it is found.</summary>
public enum Mutant
{
    None = 0,

    /// <summary>A write is said to be stored before it is: what <c>synchronous_commit = off</c> would be.</summary>
    AnswersBeforeTheCommit,

    /// <summary>Two entities of one name may both write: the later row takes the place of the first.</summary>
    NoUniqueKey,

    /// <summary>A start that is repeated counts as another one.</summary>
    StartsAreNotRecognised,

    /// <summary>A step, or a sample, that is repeated counts as another one.</summary>
    SamplesAreNotRecognised,

    /// <summary>What a session says of itself counts, whichever session it is.</summary>
    NoEpochCheck,

    /// <summary>A wish is given to the session twice, and it does not see that it is the same.</summary>
    WishesAreSentTwice,

    /// <summary>One statement in forty is confirmed and not stored.</summary>
    LosesRows,

    /// <summary>The meter at a stop is rounded to kilowatt-hours.</summary>
    Rounds,
}

/// <summary>What a mutant does to what passes through the simulation's own wiring.</summary>
internal sealed class Mutations(Mutant mutant)
{
    public bool AnswersBeforeTheCommit => mutant == Mutant.AnswersBeforeTheCommit;

    public bool NoUniqueKey => mutant == Mutant.NoUniqueKey;

    public bool LosesRows => mutant == Mutant.LosesRows;

    public bool WishesAreSentTwice => mutant == Mutant.WishesAreSentTwice;

    /// <summary>A command on its way to its entity.</summary>
    public Request OnRequest(SimulatedWorld world, Request request) => (mutant, request.Command) switch
    {
        (Mutant.StartsAreNotRecognised, NumberTransaction c) =>
            request with { Command = c with { Key = $"{c.Key}|{world.Loop.Now.Ticks}" } },
        (Mutant.SamplesAreNotRecognised, RecordSamples { Samples: [var one, ..] } c) => request with
        {
            Command = c with { Samples = [one with { At = one.At?.AddTicks(world.Loop.Now.Ticks % 1000) }] },
        },
        (Mutant.SamplesAreNotRecognised, ReportStep { Samples: [var one, ..] } c) => request with
        {
            Command = c with
            {
                Samples = [one with { At = one.At?.AddTicks(world.Loop.Now.Ticks % 1000) }],
                Step = c.Step with { At = c.Step.At?.AddTicks(world.Loop.Now.Ticks % 1000) },
            },
        },
        (Mutant.NoEpochCheck, CloseSession c) => request with { Command = c with { Epoch = EpochOf(world, c.Id) } },
        (Mutant.Rounds, EndTransaction { MeterStop: { } meter } c) =>
            request with { Command = c with { MeterStop = new Energy(meter.WattHours / 1000 * 1000) } },
        _ => request,
    };

    private static long EpochOf(SimulatedWorld world, ChargePointId id) =>
        world.Journal.States.GetValueOrDefault($"charge-point/{id}") is ChargePoint known ? known.LastEpoch : 0;
}
