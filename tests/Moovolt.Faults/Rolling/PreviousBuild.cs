using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// The program as it was one release before this one, built from the repository's history once for all runs of this
/// process: the state that completed OCPP 2.0.1 and 2.1.
/// </summary>
internal static class PreviousBuild
{
    /// <summary>The commit; a clone without it cannot prove an upgrade.</summary>
    public const string Commit = "bef55ef";

    private static readonly Lazy<Task<MutantBuild>> Build = new(() => MutantBuild.AsOf(Commit));

    static PreviousBuild() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        if (Build is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) Build.Value.Result.Dispose();
    };

    /// <summary>A cluster of it, told what it does not know itself: not to open 200 connections a node.</summary>
    public static async Task<Stage.Theatre> Open() =>
        await Stage.Theatre.Open(program: await Program(), connections: 10);

    /// <summary>The program to run.</summary>
    public static async Task<string> Program() => (await Build.Value).Assembly;
}
