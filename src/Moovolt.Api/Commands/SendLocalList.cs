using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/send-local-list: the charger gets the tokens that it may judge by itself. What
/// they are is read from the tokens as they are now; how they are brought there is the charge point's to decide.
/// </summary>
internal static class SendLocalList
{
    private const int LongestToken = 20; // OCPP 1.6, 7.26
    private const int MostNamed = 500;
    private const int PageSize = 1000;

    /// <param name="Mode">
    /// full: the list replaces what the charger has. differential: only what is new, other or gone is sent. auto: the
    /// second when the charger is believed to be in step, else the first.
    /// </param>
    /// <param name="Tokens">
    /// Null or left out: every token that may charge and fits OCPP 1.6 (20 characters). Else these; in a differential
    /// update they are added or changed, or taken off when nobody knows them, and the others stay.
    /// </param>
    internal sealed record Body(ListUpdate Mode = ListUpdate.Auto, IReadOnlyList<string>? Tokens = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/send-local-list", Handle)
            .WithName(nameof(SendLocalList))
            .WithSummary("Send the charger the tokens that it may judge by itself");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body? body, int? queue, TokenTable table,
        TimeProvider clock, Dispatcher dispatcher, HttpContext http)
    {
        var mode = body?.Mode ?? ListUpdate.Auto;
        var now = clock.GetUtcNow();
        if (body?.Tokens is not { } named)
        {
            var all = await MayCharge(table, now, http.RequestAborted);
            return await dispatcher.Send(http, id, new Domain.ChargePoints.SendLocalList(mode, [], all), queue);
        }

        if (named.Count > MostNamed)
            return Problem.Wrong($"At most {MostNamed} 'tokens' can be named. Leave them out for all.");
        if (named.Any(token => token.Length is 0 or > LongestToken))
            return Problem.Wrong($"A token on a local list has 1 to {LongestToken} characters.");
        if (mode == ListUpdate.Differential && named.Count == 0)
            return Problem.Wrong(
                "A differential update without tokens changes nothing. Leave 'tokens' out for all, or ask for full.");

        var entries = await Named(table, named, now, http.RequestAborted);
        if (mode == ListUpdate.Differential)
            return await dispatcher.Send(http, id, new Domain.ChargePoints.SendLocalList(mode, entries, []), queue);
        return entries.FirstOrDefault(entry => entry.Status is null) is { } stranger
            ? Problem.Wrong($"There is no token {stranger.Token}.")
            : await dispatcher.Send(http, id, new Domain.ChargePoints.SendLocalList(mode, [], entries), queue);
    }

    private static async Task<ImmutableArray<LocalListEntry>> MayCharge(
        TokenTable table, DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<LocalListEntry>();
        string? cursor = null;
        do
        {
            var page = await table.ListAsync(new TokenFilter("accepted"), PageSize, cursor, cancellation);
            entries.AddRange(page.Items
                .Where(row => row.Id.Length <= LongestToken && !(row.ExpiresAt <= now))
                .Select(row => Entry(row, now)));
            cursor = page.Next;
        }
        while (cursor is not null && entries.Count <= LocalLists.Most); // one too many is refused by the charge point

        return [.. entries.Take(LocalLists.Most + 1)];
    }

    private static async Task<ImmutableArray<LocalListEntry>> Named(
        TokenTable table, IReadOnlyList<string> tokens, DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<LocalListEntry>();
        foreach (var id in tokens.Select(token => new TokenId(token)).Distinct())
        {
            var row = await table.FindAsync(id, cancellation);
            entries.Add(row is null ? new LocalListEntry(id.Key, null) : Entry(row, now));
        }

        return entries.ToImmutable();
    }

    private static LocalListEntry Entry(TokenRow row, DateTimeOffset now) => new(
        row.Id,
        row.Status == "blocked" ? AuthorizationStatus.Blocked
            : row.ExpiresAt <= now ? AuthorizationStatus.Expired
            : AuthorizationStatus.Accepted,
        row.ExpiresAt,
        row.Parent is { Length: <= LongestToken } parent ? parent : null); // half of it would be another's
}
