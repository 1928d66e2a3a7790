using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Database;

/// <summary>
/// F-07: the database's disk is full. It may refuse to write, or end and not come back until there is room; then
/// everything goes on, and no node was started anew.
/// </summary>
internal sealed class DiskFull : Strained
{
    private const int Megabytes = 512;
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(30);

    public override string Id => "F-07";

    public override string What => "the disk of PostgreSQL (512 MiB) is full for 30 s";

    /// <summary>While it is full, and 15 s; PostgreSQL's own recovery may come to that.</summary>
    public override TimeSpan Allowed => Full + TimeSpan.FromSeconds(25);

    public override bool HalfLoad => true;

    public override Func<Task<Theatre>> OwnStage => () => Theatre.Open(
        megabytes: Megabytes,
        // So that it has no room of its own: each file of the log is as small as can be.
        settings: ["min_wal_size=32MB", "max_wal_size=64MB", "wal_recycle=off"]);

    protected override int Comes => Strains.Red;

    protected override async Task Strain(Scene scene)
    {
        int[] before = [.. scene.Nodes.Select(node => node.Id)];
        var server = scene.Theatre.Server;
        scene.Mark("full");
        server.FillDisk();
        await Task.Delay(Full);
        server.EmptyDisk();
        scene.Mark("room");
        if (!server.IsRunning) await server.Open();
        scene.Measure("PostgreSQL", server.Starts == 1 ? "lived on" : "ended");
        if (!before.SequenceEqual(scene.Nodes.Select(node => node.Id)) || scene.Nodes.Any(node => node.HasExited))
            throw new InvalidOperationException("A node has ended.");
    }
}
