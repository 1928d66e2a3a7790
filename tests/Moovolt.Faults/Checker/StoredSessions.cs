namespace Moovolt.Faults.Checker;

/// <summary>
/// The sockets of each charge point as the journal's rows have them: every new one has a higher epoch than all before
/// it, and only the one that is open is closed. An older socket changes nothing.
/// </summary>
internal sealed class StoredSessions
{
    /// <summary>What a member that was taken for dead may find after all: its socket, under the epoch that it had.</summary>
    private const string NodeLost = "nodeLost";

    private readonly Dictionary<string, List<Opening>> _openings = [];

    /// <summary>What is not as it must be, in sentences.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>On which node a charger's socket was at a moment; null when it had none.</summary>
    public string? NodeOf(string station, DateTimeOffset at) =>
        _openings.GetValueOrDefault(station)?.LastOrDefault(opening => opening.At <= at) is { } opening
        && (opening.ClosedAt is not { } closed || closed > at) ? opening.Node : null;

    /// <summary>How many sockets a charger opened within a time.</summary>
    public int Opened(string station, DateTimeOffset from, DateTimeOffset to) =>
        _openings.GetValueOrDefault(station)?.Count(opening => opening.At >= from && opening.At <= to) ?? 0;

    public static async Task<StoredSessions> ReadAll(Source source, string prefix)
    {
        const string statement = """
            SELECT persistence_id, sequence_number, manifest, message FROM journal
            WHERE substr(persistence_id, 1, length($1)) = $1 ORDER BY persistence_id, sequence_number
            """;
        var (all, last, expected) = (new StoredSessions(), "", 1L);
        await foreach (var row in Source.Read(source.Journal, statement, $"charge-point/{prefix}"))
        {
            var station = row.GetString(0)["charge-point/".Length..];
            if (station != last) (last, expected) = (station, 1);
            if (row.GetInt64(1) != expected)
                all.Wrong.Add($"{station}: the journal has {row.GetInt64(1)} where {expected} comes.");
            expected = row.GetInt64(1) + 1;
            all.Read(station, row.GetString(2), new Wire(row.GetFieldValue<byte[]>(3)));
        }

        return all;
    }

    private void Read(string station, string name, Wire stored)
    {
        if (name is not ("cp-session-opened" or "cp-session-closed")) return;
        if (!_openings.TryGetValue(station, out var openings)) _openings[station] = openings = [];
        var (last, epoch) = (openings.LastOrDefault(), stored.Number(2));
        if (name == "cp-session-opened")
        {
            var returns = last is { Why: NodeLost } && last.Epoch == epoch;
            if (last is not null && epoch <= last.Epoch && !returns)
                Wrong.Add($"{station}: epoch {epoch} was opened after {last.Epoch}.");
            openings.Add(new Opening(epoch, stored.Text(5), Moment(stored.Inner(9))));
            return;
        }

        if (last is null || last.Epoch != epoch || last.ClosedAt is not null)
        {
            Wrong.Add($"{station}: epoch {epoch} was closed while {last?.Epoch} was open.");
            return;
        }

        openings[^1] = last with { ClosedAt = Moment(stored.Inner(4)), Why = stored.Text(3) };
    }

    private static DateTimeOffset Moment(Wire? ticks) => new(ticks?.Number(1) ?? 0, TimeSpan.Zero);

    private sealed record Opening(
        long Epoch, string Node, DateTimeOffset At, DateTimeOffset? ClosedAt = null, string? Why = null);
}
