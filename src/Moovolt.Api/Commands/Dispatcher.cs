using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;

namespace Moovolt.Api.Commands;

/// <summary>
/// From an operator's wish to the answer about it: the charge point writes it down, and then we wait for the charger
/// as long as the asker likes. The charge point itself is asked, not a table, so nothing is seen later than it was.
/// </summary>
internal sealed class Dispatcher(Entities entities, ApiSettings settings, TimeProvider clock)
{
    private const int LongestQueue = 7 * 24 * 3600;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks the charger, in the name of whoever calls.</summary>
    /// <param name="identity">As in the path.</param>
    /// <param name="queue">Seconds that the wish may wait for an offline charger; null when it may not.</param>
    public async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Send(
        HttpContext http, string identity, StationRequest wish, int? queue)
    {
        if (!ChargePointId.TryParse(identity, out var chargePoint))
            return Problem.NotFound($"There is no charge point {identity}.");
        if (queue is < 1 or > LongestQueue)
            return Problem.BadRequest("unreadable-parameter", $"'queue' is 1 to {LongestQueue} seconds, not {queue}.");

        var problems = await Problems(chargePoint, wish, http.RequestAborted);
        if (problems.Count > 0) return Problem.Wrong($"{identity} cannot be sent this.", [.. problems]);

        var preference = Preference.Of(http.Request);
        var deadline = clock.GetUtcNow() + preference.Wait;
        var id = CommandId.Of(Idempotency.SeedOf(http), chargePoint);
        var asked = await Ask(http, id, wish, preference, queue);
        if (asked is Reply.Refused refused) return Problem.Of(refused);

        var request = ((RequestStanding)asked).Request;
        var mayWait = request.State != RequestState.Queued || preference.IsSaid;
        if (mayWait && request.IsUnderWay) request = await Wait(id, request, deadline, http.RequestAborted);

        if (preference.IsSaid) http.Response.Headers["Preference-Applied"] = $"wait={preference.Wait.TotalSeconds}";
        var resource = CommandResource.Of(chargePoint.Value, request);
        return IsAnswered(request.State)
            ? TypedResults.Ok(resource)
            : TypedResults.Accepted($"/api/v1/commands/{id.Text}", resource);
    }

    /// <summary>The version that a charger speaks, or last spoke; null while nobody knows.</summary>
    /// <exception cref="TimeoutException">It cannot be asked now.</exception>
    public async Task<Dialect?> DialectOf(ChargePointId chargePoint, CancellationToken cancellation) =>
        await entities.Ask(new FindProtocol(chargePoint), cancellation) is ProtocolStanding { Protocol: { } protocol }
            ? Dialect.Find(protocol)
            : null;

    /// <summary>
    /// What the charge point itself says of a command: <see cref="RequestStanding"/>, or a refusal when it remembers none
    /// or its history cannot be read.
    /// </summary>
    /// <exception cref="TimeoutException">It cannot be asked now: its shard is moving, or its journal is away.</exception>
    public Task<Reply> Find(CommandId id, CancellationToken cancellation) =>
        entities.Ask(new FindRequest(id.ChargePoint, id.Text), cancellation);

    // In the words of the version that it speaks, as far as that is known: before anything is written down. What it has
    // no words for at all is said by the command, since a charger may speak another version when its turn comes.
    private async Task<IReadOnlyList<string>> Problems(
        ChargePointId chargePoint, StationRequest wish, CancellationToken aborted) =>
        wish is not RawCall // it is the version's own words, and checked
        && await DialectOf(chargePoint, aborted) is { } dialect
            ? dialect.Problems(wish)
            : [];

    private Task<Reply> Ask(HttpContext http, CommandId id, StationRequest wish, Preference preference, int? queue)
    {
        var now = clock.GetUtcNow();
        var patience = Math.Max(settings.ChargerPatience.TotalSeconds, preference.Wait.TotalSeconds);
        return entities.Ask(
            new RequestStation(
                id.ChargePoint,
                id.Text,
                wish,
                http.User.Operator(),
                (int)patience,
                queue is { } seconds ? now.AddSeconds(seconds) : null,
                now),
            http.RequestAborted);
    }

    private async Task<TrackedRequest> Wait(
        CommandId id, TrackedRequest known, DateTimeOffset deadline, CancellationToken aborted)
    {
        // A look that is under way at the deadline is given up: an entity that is moving must not keep the asker
        // longer.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        if (deadline - clock.GetUtcNow() is { Ticks: > 0 } rest) patience.CancelAfter(rest);
        else return known;
        try
        {
            while (known.IsUnderWay)
            {
                await Task.Delay(Poll, clock, patience.Token);
                known = await Look(id, known, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The deadline.
        }

        return known;
    }

    // While it cannot be asked, what is known already must do.
    private async Task<TrackedRequest> Look(CommandId id, TrackedRequest known, CancellationToken cancellation)
    {
        try
        {
            return await Find(id, cancellation) is RequestStanding standing ? standing.Request : known;
        }
        catch (TimeoutException)
        {
            return known;
        }
    }

    // A charger that said nothing has not answered, and may yet.
    private static bool IsAnswered(RequestState state) => state is
        RequestState.Accepted or RequestState.Rejected or RequestState.Failed
        or RequestState.Effective or RequestState.NoEffect;
}
