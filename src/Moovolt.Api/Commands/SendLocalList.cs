using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.LocalLists;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/send-local-list: the charger gets the tokens that it may judge by itself. What
/// they are is read from the tokens as they are now; how they are brought there is the charge point's to decide.
/// </summary>
internal static class SendLocalList
{
    private const int MostNamed = 500;

    /// <param name="Mode">
    /// full: the list replaces what the charger has. differential: only what is new, other or gone is sent. auto: the
    /// second when the charger is believed to be in step, else the first.
    /// </param>
    /// <param name="Tokens">
    /// Null or left out: every token that may charge and fits the charger's version: OCPP 1.6 has 20 characters for
    /// one, 2.0.1 has 36, 2.1 has 255. How many do not fit is said by GET /charge-points/{id}/local-list. Else these,
    /// which must fit; in a differential update they are added or changed, or taken off when nobody knows them, and the others stay.
    /// </param>
    /// <param name="Managed">
    /// True: the list is kept in step with the tokens from now on. Whenever one on it is blocked, expires, changes its
    /// group or is removed, the charger gets the difference within seconds, or when it comes back; without 'tokens', new
    /// ones are put on it, too. False: it stays as it is sent, until the next one.
    /// </param>
    internal sealed record Body(
        ListUpdate Mode = ListUpdate.Auto, IReadOnlyList<string>? Tokens = null, bool Managed = false);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/send-local-list", Handle)
            .WithName(nameof(SendLocalList))
            .WithSummary("Send the charger the tokens that it may judge by itself");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body? body, int? queue, ListedTokens table,
        TimeProvider clock, Dispatcher dispatcher, HttpContext http)
    {
        if (!ChargePointId.TryParse(id, out var chargePoint)) return Problem.NotFound($"There is no charge point {id}.");
        var mode = body?.Mode ?? ListUpdate.Auto;
        var dialect = await dispatcher.DialectOf(chargePoint, http.RequestAborted);
        var longest = dialect?.LongestToken ?? ListedTokens.LongestAnywhere;
        var now = clock.GetUtcNow();
        if (body?.Tokens is not { } named)
        {
            var all = await table.AllAsync(longest, now, http.RequestAborted);
            return await Send([], all, ListFollowing.All);
        }

        if (named.Count > MostNamed)
            return Problem.Wrong($"At most {MostNamed} 'tokens' can be named. Leave them out for all.");
        if (named.Any(token => token.Length == 0 || token.Length > longest))
            return Problem.Wrong(
                $"A token on a local list has 1 to {longest} characters in {dialect?.Name ?? "every version of OCPP"}.");
        if (mode == ListUpdate.Differential && named.Count == 0)
            return Problem.Wrong(
                "A differential update without tokens changes nothing. Leave 'tokens' out for all, or ask for full.");

        var entries = await table.NamedAsync(named, longest, now, http.RequestAborted);
        if (mode == ListUpdate.Differential)
            return await Send(entries, [], ListFollowing.Named);
        return entries.FirstOrDefault(entry => entry.Status is null) is { } stranger
            ? Problem.Wrong($"There is no token {stranger.Token}.")
            : await Send([], entries, ListFollowing.Named);

        Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Send(
            ImmutableArray<LocalListEntry> entries, ImmutableArray<LocalListEntry> whole, ListFollowing following) =>
            dispatcher.Send(
                http, id,
                new Domain.ChargePoints.SendLocalList(
                    mode, entries, whole, Follows: body is { Managed: true } ? following : ListFollowing.Nothing),
                queue);
    }
}
