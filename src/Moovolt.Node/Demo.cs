using Moovolt.Simulator;

namespace Moovolt.Node;

/// <summary>Simulated chargers beside the node, for whoever wants to see something charge.</summary>
internal static class Demo
{
    /// <param name="chargers">0 for none.</param>
    /// <param name="url">Where the node serves.</param>
    public static Fleet? Start(int chargers, string url)
    {
        if (chargers == 0) return null;
        var node = new UriBuilder(url) { Scheme = "ws", Path = "/ocpp" };
        return Fleet.Start(new FleetPlan
        {
            Nodes = [node.Uri],
            Chargers = chargers,
            Prefix = "DEMO-",
            Ramp = TimeSpan.FromSeconds(5),
        });
    }
}
