using System.Globalization;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>A place in the journal, in the order of commits: on SQLite the transaction id is always 0.</summary>
internal readonly record struct ReadOffset(long Xid, long Ordering)
{
    /// <summary>As PostgreSQL's xid8 is given: no driver type maps it to a signed number.</summary>
    public string XidText => Xid.ToString(CultureInfo.InvariantCulture);

    public bool Covers(ReadOffset other) => (Xid, Ordering).CompareTo((other.Xid, other.Ordering)) >= 0;

    public static async Task<ReadOffset> LoadAsync(Database readModel, CancellationToken cancellation)
    {
        var found = await readModel.QueryAsync(
            new Statement("select xid, ordering from projection where name = 'read-model'"),
            reader => new ReadOffset(reader.GetInt64(0), reader.GetInt64(1)),
            cancellation);
        return found.Single();
    }
}
