using Moovolt.Rig;

namespace Moovolt.Faults;

/// <summary>
/// The faults that the checker must find, built in one program; the variable <see cref="Variable"/> says which of them
/// a node has, so that there is one build and not one for each.
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
                private static readonly string? Name = System.Environment.GetEnvironmentVariable("{{Variable}}");

                public static bool Is(string name) => Name == name;
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
        new("src/Moovolt.Domain/Transactions/StepsTold.cs", "=> Keys.Contains(Key(step, frame));",
            """=> !Mutant.Is("no-repeat-check") && Keys.Contains(Key(step, frame));"""),
    ];

    private MutantBuild? _build;

    /// <summary>The program, built when it is first asked for.</summary>
    public async Task<MutantBuild> Program() => _build ??= await MutantBuild.Of("broken-promises", Changes);

    public void Dispose() => _build?.Dispose();
}
