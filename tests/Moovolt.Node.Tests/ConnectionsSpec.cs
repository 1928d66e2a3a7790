using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.Node.Tests;

public sealed class ConnectionsSpec
{
    [Fact]
    public void Entities_that_read_their_history_leave_connections_to_those_that_write()
    {
        var persistence = HoconFiles.Load("clustered.conf", null).GetConfig("akka.persistence");
        Assert.Equal(
            PostgresDatabase.Connections,
            persistence.GetInt("max-concurrent-recoveries") + persistence.GetInt("journal.sql.parallelism"));
    }
}
