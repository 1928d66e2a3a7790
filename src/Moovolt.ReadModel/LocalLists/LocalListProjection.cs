using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.LocalLists;

/// <summary>
/// From what a charger accepted to what it holds. From the moment that a list is asked for until it is accepted whole
/// the charger is not in step; each further part is a wish of its own, written down with the answer to the one before.
/// </summary>
internal static class LocalListProjection
{
    public static readonly string[] Tables = ["local_lists", "local_list_entries"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        StationRequested { Request: SendLocalList { Follows: { } follows } } e => [InStep(e, false), Follows(e, follows)],
        StationRequested { Request: SendLocalList } e => [InStep(e, false)],
        StationAnswered { Answer.Outcome: LocalListAccepted accepted } e => Accepted(e, accepted),
        StationAnswered { Answer.Outcome: LocalListRefused } e => [InStep(e, false)],
        StationAnswered { Answer.Outcome: LocalListVersionRead read } e => Read(e, read.Version),
        _ => [],
    };

    private static IEnumerable<Statement> Accepted(StationAnswered e, LocalListAccepted accepted)
    {
        yield return new Statement(
            """
            insert into local_lists (charge_point, version, in_step, sent_at) values ($1, $2, true, $3)
            on conflict (charge_point) do update set version = excluded.version, in_step = true,
              sent_at = excluded.sent_at
            """,
            e.Id.Value, accepted.Version, e.At);
        if (accepted.Full) yield return Clear(e);
        foreach (var entry in accepted.Entries)
        {
            yield return entry.Status is { } status
                ? new Statement(
                    """
                    insert into local_list_entries (charge_point, folded, token, status, expires_at, parent)
                    values ($1, $2, $3, $4, $5, $6)
                    on conflict (charge_point, folded) do update set token = excluded.token, status = excluded.status,
                      expires_at = excluded.expires_at, parent = excluded.parent
                    """,
                    e.Id.Value, Fold(entry.Token), entry.Token, Word.Of(status), entry.ExpiresAt, entry.Parent)
                : new Statement(
                    "delete from local_list_entries where charge_point = $1 and folded = $2",
                    e.Id.Value, Fold(entry.Token));
        }
    }

    private static IEnumerable<Statement> Read(StationAnswered e, int version)
    {
        yield return new Statement(
            """
            insert into local_lists (charge_point, version, in_step) values ($1, $2, false)
            on conflict (charge_point) do update set version = excluded.version,
              in_step = (local_lists.in_step and local_lists.version is not distinct from excluded.version)
            """,
            e.Id.Value, version);
        if (version <= 0) yield return Clear(e); // the charger's own word for an empty list
    }

    private static Statement InStep(ChargePointEvent e, bool inStep) => new(
        """
        insert into local_lists (charge_point, in_step) values ($1, $2)
        on conflict (charge_point) do update set in_step = excluded.in_step
        """,
        e.Id.Value, inStep);

    private static Statement Follows(ChargePointEvent e, ListFollowing follows) =>
        new("update local_lists set follows = $2 where charge_point = $1", e.Id.Value, Word.Of(follows));

    private static Statement Clear(ChargePointEvent e) =>
        new("delete from local_list_entries where charge_point = $1", e.Id.Value);

    private static string Fold(string token) => token.ToUpperInvariant();
}
