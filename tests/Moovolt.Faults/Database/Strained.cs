using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Database;

/// <summary>
/// The database is slow or away for all nodes: each says so while it is, and is green again afterwards. Until then
/// chargers hear nothing wrong.
/// </summary>
internal abstract class Strained : Fault
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(30);

    private Strains? _strains;
    private bool _isGreen;

    /// <summary>What each node must have said of itself at some moment; green: nothing worse.</summary>
    protected abstract int Comes { get; }

    public sealed override async Task Strike(Scene scene)
    {
        await using var strains = new Strains(scene.Nodes);
        _strains = strains;
        await Strain(scene);
        _isGreen = await Rig.Eventually.Is(strains.AreGreen, Calm * scene.Slack);
        scene.Mark(_isGreen ? "green" : "not green");
    }

    /// <summary>Makes it happen, and ends when the database is as it was.</summary>
    protected abstract Task Strain(Scene scene);

    public override Task<IReadOnlyList<string>> Judge(Scene scene, Evidence evidence)
    {
        var strains = _strains!; // it has struck
        scene.Measure("worst state", strains.Worst);
        List<string> breaches = [];
        if (Comes > Strains.Green && strains.HaveBeen(Comes) < scene.Nodes.Count)
            breaches.Add($"Only {strains.HaveBeen(Comes)} nodes said that they were in trouble: {strains.Worst}.");
        if (Comes == Strains.Green && strains.HaveBeen(Strains.Red) > 0)
            breaches.Add("A node was in red that could store, if slowly.");
        if (!_isGreen) breaches.Add("Not all nodes are in green again.");
        return Task.FromResult<IReadOnlyList<string>>(breaches);
    }
}
