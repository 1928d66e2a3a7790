using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>
/// Puts statements together that PostgreSQL can do at once. What one entity's events mean stays in its order; what the
/// events of different entities mean touches different rows, so there the order is free.
/// </summary>
internal sealed class Lanes(SqlDialect dialect)
{
    private readonly List<Group> groups = [];
    private readonly Dictionary<string, int> lastOf = new(StringComparer.Ordinal);

    /// <param name="lane">Whose rows the statement touches: see <see cref="Projections.Lane"/>.</param>
    public void Add(string lane, Statement statement)
    {
        var last = lastOf.GetValueOrDefault(lane, -1);
        var at = dialect == SqlDialect.Postgres && statement.Many is { } many ? Earliest(last, many) : groups.Count;
        if (at == groups.Count) groups.Add(new Group(statement.Many));
        groups[at].Rows.Add(statement);
        lastOf[lane] = at;
    }

    public IEnumerable<Statement> Statements() => groups.SelectMany(group =>
        group is { Many: { } many, Rows.Count: > 1 } ? [many.Of(group.Rows)] : group.Rows);

    // Where all that the lane has before is done by then.
    private int Earliest(int last, ManyRows many)
    {
        var from = last >= 0 && many.SeveralOfOne && groups[last].Many == many ? last : last + 1;
        var found = groups.FindIndex(from, group => group.Many == many);
        return found < 0 ? groups.Count : found;
    }

    private sealed record Group(ManyRows? Many)
    {
        public List<Statement> Rows { get; } = [];
    }
}
