using System.Data.Common;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Clock;

/// <summary>Which sessions does the journal hold to be open, and on which members?</summary>
public sealed class Presence(Database database)
{
    /// <summary>
    /// Who holds any: as many looks into the index as there are members, however many chargers they hold.
    /// </summary>
    public async Task<List<SessionHolder>> HoldersAsync(CancellationToken cancellation) =>
        await database.QueryAsync(
            new Statement(database.Choose(
                """
                with recursive holder (node, incarnation) as (
                  (select node, incarnation from charge_points where online order by node, incarnation limit 1)
                  union all
                  select other.node, other.incarnation from holder, lateral (
                    select node, incarnation from charge_points
                    where online and (node, incarnation) > (holder.node, holder.incarnation)
                    order by node, incarnation limit 1) other)
                select node, incarnation from holder
                """,
                "select distinct node, incarnation from charge_points where online")),
            reader => Holder(reader),
            cancellation);

    /// <summary>What one member holds, in the order of the charge points' ids.</summary>
    public async Task<List<OpenSessionRow>> SessionsOfAsync(SessionHolder holder, CancellationToken cancellation) =>
        await database.QueryAsync(
            new Statement(
                "select id, epoch from charge_points where online and node = $1 and incarnation = $2 order by id",
                holder.Node, holder.Incarnation),
            reader => new OpenSessionRow(new ChargePointId(reader.GetString(0)), reader.GetInt64(1)),
            cancellation);

    /// <summary>How many each member holds; who holds none is missing.</summary>
    public async Task<List<(SessionHolder Holder, int Sessions)>> CountAsync(CancellationToken cancellation) =>
        await database.QueryAsync(
            new Statement(
                "select node, incarnation, count(*) from charge_points where online group by node, incarnation"),
            reader => (Holder(reader), (int)reader.GetInt64(2)),
            cancellation);

    private static SessionHolder Holder(DbDataReader reader) => new(reader.GetString(0), reader.GetInt64(1));
}
