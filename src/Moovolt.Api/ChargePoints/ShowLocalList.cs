using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.LocalLists;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/local-list: the tokens that the charger is believed to hold, for it has accepted them.
/// </summary>
internal static class ShowLocalList
{
    /// <param name="Version">
    /// That it is believed to hold: 0 for none, -1 when it says that it can have none; null while nobody knows.
    /// </param>
    /// <param name="InStep">Whether it is believed to hold all that it shall, and nothing else.</param>
    /// <param name="SentAt">When it last accepted something.</param>
    /// <param name="Managed">Whether it is kept in step with the tokens, without anybody asking.</param>
    /// <param name="Follows">
    /// Which tokens: nothing (it is not managed), named (those on it), or all (that may charge).
    /// </param>
    internal sealed record LocalList(
        int? Version,
        bool InStep,
        DateTimeOffset? SentAt,
        bool Managed,
        ListFollowing Follows,
        ImmutableArray<Item> Items);

    /// <param name="Status">accepted, blocked, expired, invalid or concurrentTx.</param>
    internal sealed record Item(string Token, string Status, DateTimeOffset? ExpiresAt, string? Parent);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/local-list", Handle)
            .WithName("GetLocalList")
            .WithSummary("The tokens on the charger's local list, as far as it has accepted them")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<LocalList>, Problem>> Handle(
        string id, ChargePointTable chargePoints, LocalListTable table, CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var row = await table.FindAsync(known, cancellation);
        return TypedResults.Ok(new LocalList(
            row.Version, row.InStep, row.SentAt, row.Follows != ListFollowing.Nothing, row.Follows,
            [.. row.Items.Select(item => new Item(item.Token, item.Status, item.ExpiresAt, item.Parent))]));
    }
}
