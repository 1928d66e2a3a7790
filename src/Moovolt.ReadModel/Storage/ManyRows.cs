namespace Moovolt.ReadModel.Storage;

/// <summary>
/// The form in which PostgreSQL does for many rows what a statement does for one: its parameters are the columns, as
/// arrays. Preparing, binding and starting a statement costs more there than the row that it writes.
/// </summary>
internal sealed class ManyRows
{
    private readonly string sql;
    private readonly Func<IEnumerable<object?>, Array>[] columns;

    /// <param name="sql">With <c>unnest($1, …)</c> for the rows, or <c>any($1)</c>.</param>
    /// <param name="types">Of the columns, as the database calls them: text, bigint or boolean.</param>
    /// <param name="severalOfOne">
    /// Whether one statement may have several rows of one entity: an insert of rows that are always new.
    /// </param>
    public ManyRows(string sql, string types, bool severalOfOne = false)
    {
        this.sql = sql;
        columns = [.. types.Split(", ").Select(Column)];
        SeveralOfOne = severalOfOne;
    }

    public bool SeveralOfOne { get; }

    /// <summary>The form of an insert that ends its list of columns before <c>values ($1, …)</c>.</summary>
    public static ManyRows Insert(string sql, string types, bool severalOfOne = false)
    {
        var places = string.Join(", ", Enumerable.Range(1, types.Split(", ").Length).Select(n => $"${n}"));
        var one = $"values ({places})";
        return sql.Contains(one, StringComparison.Ordinal)
            ? new ManyRows(
                sql.Replace(one, $"select * from unnest({places})", StringComparison.Ordinal), types, severalOfOne)
            : throw new ArgumentException($"The statement has no \"{one}\": {sql}", nameof(sql));
    }

    public Statement Of(IReadOnlyList<Statement> rows) => new(
        sql,
        [.. columns.Select((column, n) => column(rows.Select(row => row.Values[n])))]);

    private static Func<IEnumerable<object?>, Array> Column(string type) => type switch
    {
        "text" => cells => cells.Cast<string?>().ToArray(),
        "bigint" => cells => cells.Select(cell => Statements.Storable(cell) as long?).ToArray(),
        "boolean" => cells => cells.Cast<bool?>().ToArray(),
        _ => throw new ArgumentException($"No column of {type} is known here.", nameof(type)),
    };
}
