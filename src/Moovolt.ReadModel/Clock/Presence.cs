using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Clock;

/// <summary>Which sessions does the journal hold to be open, and on which members?</summary>
public sealed class Presence(Database database)
{
    public async Task<List<OpenSessionRow>> OnlineSessionsAsync(CancellationToken cancellation) =>
        await database.QueryAsync(
            new Statement("select id, epoch, node, incarnation from charge_points where online order by id"),
            reader => new OpenSessionRow(
                new ChargePointId(reader.GetString(0)), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3)),
            cancellation);
}
