using Moovolt.Rig;

namespace Moovolt.Faults;

/// <summary>
/// The faults that the checker must find, built in one program; the variable <see cref="Variable"/> names those that a
/// node has, so that there is one build and not one for each.
/// </summary>
public sealed class Mutants : IDisposable
{
    /// <summary>The environment variable that only this program reads.</summary>
    public const string Variable = "MOOVOLT_MUTANT";

    private static readonly MutantBuild.Change[] Changes =
    [
        new("src/Moovolt.Domain/Mutant.cs", null, $$"""
            namespace Moovolt.Domain;

            public static class Mutant
            {
                private static readonly string[] Names =
                    (System.Environment.GetEnvironmentVariable("{{Variable}}") ?? "").Split(',');

                public static bool Is(string name) => System.Array.IndexOf(Names, name) >= 0;
            }
            """),
        new("src/Moovolt.Cluster/Shards/EntityActor.cs", "        PersistAll(",
            """
                    var early = Moovolt.Domain.Mutant.Is("reply-before-commit");
                    if (early) Finish(decision, request, asker);
                    PersistAll(
            """),
        new("src/Moovolt.Cluster/Shards/EntityActor.cs", "            Finish(decision, request, asker); // an answer",
            "            if (!early) Finish(decision, request, asker); // an answer"),
        new("src/Moovolt.Domain/ChargePoints/Numbering.cs", "known.High == high && known.Low == low",
            """known.High == high && known.Low == (Mutant.Is("no-repeat-check") ? ~low : low)"""),
        new("src/Moovolt.Domain/Transactions/StepsTold.cs", "Keys.Contains(Key(step, frame, said)) || Keys.Contains(Key(step, frame, null));",
            """
            !Mutant.Is("no-repeat-check")
                        && (Keys.Contains(Key(step, frame, said)) || Keys.Contains(Key(step, frame, null)));
            """),
        new("src/Moovolt.Domain/ChargePoints/Sessions.cs", "var epoch = state.LastEpoch + 1;",
            """var epoch = state.LastEpoch + (Mutant.Is("no-new-epoch") && state.LastEpoch > 0 ? 0 : 1);"""),
        new("src/Moovolt.Gateway/Sessions/OutboundCalls.cs", "if (call.Epoch != line.Epoch) return;",
            """if (call.Epoch != line.Epoch && !Mutant.Is("no-epoch-check")) return;"""),
        // What is meant for the newest socket goes to the first one that was ever there, which nobody closes.
        new("src/Moovolt.Cluster/Shards/ChargePointActor.cs",
            "if (sessions.TryGetValue(delivery.Epoch, out var session)) session.Tell(delivery);",
            """
            if (Mutant.Is("no-epoch-check") && sessions.Count > 0)
                    {
                        if (delivery is not CloseSocket) sessions[sessions.Keys.Min()].Tell(delivery);
                    }
                    else if (sessions.TryGetValue(delivery.Epoch, out var session)) session.Tell(delivery);
            """),
        new("src/Moovolt.ReadModel/Projection/ProjectionWriter.cs",
            "foreach (var statement in Projections.Of(stored)) lanes.Add(lane, statement);",
            """
            if (!Moovolt.Domain.Mutant.Is("projection-leaves-out")
                            || stored.Manifest != "tx-ended" || stored.SequenceNumber % 3 != 0)
                            foreach (var statement in Projections.Of(stored)) lanes.Add(lane, statement);
            """),
    ];

    private MutantBuild? _build;

    /// <summary>The program, built when it is first asked for.</summary>
    public async Task<MutantBuild> Program() => _build ??= await MutantBuild.Of("broken-promises", Changes);

    public void Dispose() => _build?.Dispose();
}
