using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Idempotency;

/// <summary>What a first request was answered, so that a repeat gets the same.</summary>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string Body);

/// <summary>What there is to a request that comes under a key.</summary>
public abstract record KeyClaim
{
    /// <summary>It is to be done now, by whoever asked.</summary>
    /// <param name="Seed">What the ids of things made by it are built from: the same at every try.</param>
    public sealed record Yours(string Operator, string Key, Guid Seed) : KeyClaim;

    public sealed record Answered(KeptAnswer Answer) : KeyClaim;

    /// <summary>Somebody is doing it just now.</summary>
    public sealed record InFlight : KeyClaim;

    /// <summary>The key belongs to a request that says something else.</summary>
    public sealed record OtherRequest : KeyClaim;
}

/// <summary>
/// The keys that operators' programs send so that a request is done once. They are no projection: a rebuild leaves
/// them alone, and after <see cref="Kept"/> they are gone.
/// </summary>
public sealed class IdempotencyKeys(Database database, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Longer than any request may take: whoever held the key then is gone, and its node with it.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(90);

    /// <summary>Takes the key for a request, or says why not.</summary>
    /// <param name="fingerprint">What tells the request from another one.</param>
    public async Task<KeyClaim> ClaimAsync(
        string @operator, string key, string fingerprint, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellation);
        await connection.RunAsync(
            null, new Statement("delete from idempotency_keys where created_at < $1", now - Kept), cancellation);

        // One statement takes the key, be it new, given back, or left behind: of two that come at once, one wins.
        var taken = await connection.QueryAsync(
            null,
            new Statement(
                """
                insert into idempotency_keys (operator, key, fingerprint, seed, created_at, held_since)
                values ($1, $2, $3, $4, $5, $5)
                on conflict (operator, key) do update set held_since = excluded.held_since
                where idempotency_keys.fingerprint = excluded.fingerprint and idempotency_keys.status is null
                  and (idempotency_keys.held_since is null or idempotency_keys.held_since < $6)
                returning seed
                """,
                @operator, key, fingerprint, Guid.CreateVersion7(now).ToString("N"), now, now - Abandoned),
            reader => Guid.ParseExact(reader.GetString(0), "N"),
            cancellation);
        if (taken is [var seed]) return new KeyClaim.Yours(@operator, key, seed);

        var known = await connection.QueryAsync(
            null,
            new Statement(
                """
                select fingerprint, status, content_type, location, body from idempotency_keys
                where operator = $1 and key = $2
                """,
                @operator, key),
            reader => (
                Fingerprint: reader.GetString(0),
                Answer: reader.NumberOrNull(1) is { } status
                    ? new KeptAnswer((int)status, reader.TextOrNull(2), reader.TextOrNull(3), reader.GetString(4))
                    : null),
            cancellation);
        return known switch
        {
            [var row] when row.Fingerprint != fingerprint => new KeyClaim.OtherRequest(),
            [{ Answer: { } answer }] => new KeyClaim.Answered(answer),
            _ => new KeyClaim.InFlight(), // or gone between the two statements: the next try finds out
        };
    }

    /// <summary>The request was done: every repeat gets this answer.</summary>
    public Task KeepAsync(KeyClaim.Yours claim, KeptAnswer answer, CancellationToken cancellation) => database.RunAsync(
        [
            new Statement(
                """
                update idempotency_keys
                set status = $3, content_type = $4, location = $5, body = $6, held_since = null
                where operator = $1 and key = $2
                """,
                claim.Operator, claim.Key, answer.Status, answer.ContentType, answer.Location, answer.Body),
        ],
        cancellation);

    /// <summary>It is not known to be done: the next try may do it, under the same seed.</summary>
    public Task GiveBackAsync(KeyClaim.Yours claim, CancellationToken cancellation) => database.RunAsync(
        [
            new Statement(
                "update idempotency_keys set held_since = null where operator = $1 and key = $2",
                claim.Operator, claim.Key),
        ],
        cancellation);
}
