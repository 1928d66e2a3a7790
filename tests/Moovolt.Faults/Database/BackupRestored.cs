using Moovolt.Faults.Checker;
using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Database;

/// <summary>
/// F-29: a backup that was taken under load is restored, and what it has is what the journal had up to a moment: of
/// each entity its first events, byte for byte, and the tables say of each transaction what its events say.
/// </summary>
internal sealed class BackupRestored : Fault
{
    private string _backup = "";

    public override string Id => "F-29";

    public override string What => "pg_dump under load, restored into an empty database of which a node serves";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(5);

    public override async Task Strike(Scene scene)
    {
        await scene.Sometime(TimeSpan.FromSeconds(5));
        scene.Mark("pg_dump");
        _backup = await scene.Theatre.Server.Dump(scene.Theatre.Database);
        scene.Mark("dumped");
    }

    public override async Task<IReadOnlyList<string>> Judge(Scene scene, Evidence evidence)
    {
        // As the runbook has it: nobody serves while a backup is restored.
        foreach (var node in scene.Nodes) node.Kill9();
        var begun = DateTimeOffset.UtcNow;
        var restored = await scene.Theatre.Server.Restore(_backup);
        // Before anybody serves: a node tells what has happened to the chargers since.
        List<string> breaches = [.. await StoredEvents.NotTheBeginning(
            Source.Postgres(restored), scene.Theatre.Source, scene.Crowd.Prefix)];
        await using var single = await new MoovoltProcess(new Dictionary<string, string>
        {
            ["MOOVOLT_DB"] = restored,
            ["MOOVOLT_REMOTING_PORT"] = "0",
            ["MOOVOLT_OPERATOR_KEY"] = scene.Theatre.OperatorKey,
        }).Start().Ready(TimeSpan.FromSeconds(150));
        await Eventually.Get(
            () => single.Api.Get("cluster"),
            seen => seen["projection"]?["lagEvents"]?.GetValue<long>() == 0,
            TimeSpan.FromSeconds(60));
        scene.Measure("restored s", FormattableString.Invariant($"{(DateTimeOffset.UtcNow - begun).TotalSeconds:0}"));

        var stored = await StoredTransaction.ReadAll(Source.Postgres(restored), scene.Crowd.Prefix);
        if (stored.Count == 0) breaches.Add("The backup has no transactions.");
        var verdict = new Verdict();
        verdict.SumsAre(await ShownSums.Read(Source.Postgres(restored), scene.Crowd.Prefix), stored);
        verdict.TablesAre(
            await ShownTransaction.ReadAll(Source.Postgres(restored), scene.Crowd.Prefix), stored);
        if (!verdict.IsGood) breaches.Add($"{verdict}");
        await single.DisposeAsync();
        await scene.Theatre.Supervise();
        return breaches;
    }
}
