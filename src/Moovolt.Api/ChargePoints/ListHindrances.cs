using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.Attempts;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;
using Moovolt.ReadModel.Commands;
using Moovolt.ReadModel.RefusedTokens;
using Moovolt.ReadModel.Reservations;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Tokens;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/hindrances: why does nothing charge there? All that is known to be in the way, the most
/// hindering first; none when nothing is known.
/// </summary>
internal static class ListHindrances
{
    private const int MostRead = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/hindrances", Handle)
            .WithName(nameof(ListHindrances))
            .WithSummary("Why nothing charges there, as far as anybody knows; the most hindering first")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Hindrance>>, Problem>> Handle(
        string id,
        ChargePointTable chargePoints,
        AttemptTable attempts,
        ReservationTable reservations,
        ChargingProfileTable profiles,
        CommandTable commands,
        TransactionTable transactions,
        RefusedTokenTable refusals,
        TokenTable tokens,
        JournalPulse pulse,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is not { } row)
            return Problem.NotFound($"There is no charge point {id}.");

        var refused = await attempts.ListAsync(id, 1, null, cancellation);
        var kept = await reservations.ListAsync(known, "active", MostRead, null, cancellation);
        var limits = await profiles.ListAsync(known, MostRead, null, cancellation);
        var asked = await commands.ListAsync(new CommandFilter(known), MostRead, null, cancellation);
        var starts = await transactions.ListAsync(new TransactionFilter(known), MostRead, null, cancellation);
        var unwanted = await refusals.ListAsync(known, MostRead, null, cancellation);
        var now = clock.GetUtcNow();
        var scene = new Scene(
            row,
            refused.Items is [var last, ..] ? last : null,
            [.. kept.Items],
            [.. limits.Items],
            [.. asked.Items],
            [.. starts.Items],
            await StillRefusedAsync(Refusal.Of(known, starts.Items, unwanted.Items, now), tokens, now, cancellation),
            pulse,
            now);
        return TypedResults.Ok(new Listing<Hindrance>([.. Hindrances.In(scene)], Next: null));
    }

    private static async Task<ImmutableArray<Refusal>> StillRefusedAsync(
        ImmutableArray<Refusal> lately, TokenTable tokens, DateTimeOffset now, CancellationToken cancellation)
    {
        var still = ImmutableArray.CreateBuilder<Refusal>();
        foreach (var refused in lately)
            if (!refused.IsMended(await tokens.FindAsync(new TokenId(refused.Token), cancellation), now)) still.Add(refused);
        return still.ToImmutable();
    }
}
