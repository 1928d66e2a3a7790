using System.Collections.Immutable;
using Moovolt.Faults.Stage;
using Moovolt.Simulator;

namespace Moovolt.Faults.Run;

/// <summary>
/// One thing that goes wrong, and what is promised all the same. That nothing is lost, doubled, wrong or unanswered is
/// promised always, and so is not said again.
/// </summary>
internal abstract class Fault
{
    /// <summary>Its number in the plan of faults, F-01.</summary>
    public abstract string Id { get; }

    /// <summary>Which way of it, where there are several; empty for the only one.</summary>
    public virtual string Variant => "";

    /// <summary>What happens, in a few words.</summary>
    public abstract string What { get; }

    /// <summary>How long something that happened at a charger may wait to be acknowledged.</summary>
    public abstract TimeSpan Allowed { get; }

    /// <summary>The share of the load that must be held, see <see cref="Stage.Load.Half"/>.</summary>
    public virtual bool HalfLoad => false;

    /// <summary>A load of its own; null for the usual one.</summary>
    public virtual Load? Load => null;

    public virtual Wiring Wiring => Wiring.Direct;

    /// <summary>It is part of the tests that run with each change, under <see cref="Stage.Load.Small"/>.</summary>
    public virtual bool InTests => false;

    /// <summary>Why it runs on a stage of its own; null when it can follow others on theirs.</summary>
    public virtual Func<Task<Theatre>>? OwnStage => null;

    /// <summary>Where its chargers dial, in turn.</summary>
    public virtual IEnumerable<Uri> Addresses(Theatre theatre) => theatre.Addresses;

    /// <summary>What its chargers speak, in turn.</summary>
    public virtual ImmutableArray<Protocol> Protocols => Crowd.Usual;

    /// <summary>What its chargers do otherwise than usual.</summary>
    public virtual ChargerBehaviour Habits(ChargerBehaviour usual) => usual;

    /// <summary>Makes it happen, and ends when it is over: everything is as it was before, or on its way there.</summary>
    public abstract Task Strike(Scene scene);

    /// <summary>What of its own promises was not kept, in sentences; and what it measured, into the scene.</summary>
    public virtual Task<IReadOnlyList<string>> Judge(Scene scene, Evidence evidence) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public string Name => Variant.Length == 0 ? Id : $"{Id} {Variant}";

    public override string ToString() => Name; // what the test runner prints
}
