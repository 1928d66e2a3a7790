using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>Two processes on a PostgreSQL of their own: enough to tell what holds on one node from what holds on all.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private PostgresServer? _server;
    private MoovoltCluster? _cluster;

    /// <summary>Skips the test on a machine without PostgreSQL.</summary>
    public MoovoltCluster Cluster
    {
        get
        {
            PostgresServer.Needed();
            return _cluster!; // it was started when PostgreSQL is there
        }
    }

    public async Task InitializeAsync()
    {
        if (!PostgresServer.IsHere && !Needs.Everything) return;
        _server = await PostgresServer.Start();
        _cluster = await MoovoltCluster.Start(await _server.NewDatabase(), nodes: 2);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
