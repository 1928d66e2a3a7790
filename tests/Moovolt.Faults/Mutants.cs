using Moovolt.Rig;

namespace Moovolt.Faults;

/// <summary>The faults that the checker must find.</summary>
internal static class Mutants
{
    private static readonly Dictionary<string, MutantBuild.Change[]> Changes = new()
    {
        ["reply-before-commit"] =
        [
            new("src/Moovolt.Cluster/Shards/EntityActor.cs", "        PersistAll(", "        Finish(decision, request, asker);\n        PersistAll("),
            new("src/Moovolt.Cluster/Shards/EntityActor.cs", "            Finish(decision, request, asker); // an answer", "            // an answer"),
        ],
        ["no-repeat-check"] =
        [
            new("src/Moovolt.Domain/ChargePoints/Numbering.cs", "known.High == high && known.Low == low", "known.High == high && known.Low == ~low"),
        ],
    };

    public static Task<MutantBuild> Build(string mutant) => MutantBuild.Of(mutant, Changes[mutant]);
}
