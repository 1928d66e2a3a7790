using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;
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
    /// <param name="TooLong">
    /// How many tokens that may charge have more characters than the charger's version of OCPP has room for (1.6: 20,
    /// 2.0.1: 36, 2.1: 255): they are left out of a list of all.
    /// </param>
    internal sealed record LocalList(
        int? Version,
        bool InStep,
        DateTimeOffset? SentAt,
        bool Managed,
        ListFollowing Follows,
        long TooLong,
        ImmutableArray<Item> Items);

    /// <param name="Status">accepted, blocked, expired, invalid or concurrentTx.</param>
    internal sealed record Item(string Token, string Status, DateTimeOffset? ExpiresAt, string? Parent);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/local-list", Handle)
            .WithName("GetLocalList")
            .WithSummary("The tokens on the charger's local list, as far as it has accepted them")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<LocalList>, Problem>> Handle(
        string id, ChargePointTable chargePoints, LocalListTable table, ListedTokens tokens, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known)
            || await chargePoints.FindAsync(known, cancellation) is not { } chargePoint)
            return Problem.NotFound($"There is no charge point {id}.");

        var row = await table.FindAsync(known, cancellation);
        var longest = chargePoint.Connection.Protocol is { } protocol && Dialect.Find(protocol) is { } dialect
            ? dialect.LongestToken : ListedTokens.LongestAnywhere;
        return TypedResults.Ok(new LocalList(
            row.Version, row.InStep, row.SentAt, row.Follows != ListFollowing.Nothing, row.Follows,
            await tokens.LeftOutAsync(longest, clock.GetUtcNow(), cancellation),
            [.. row.Items.Select(item => new Item(item.Token, item.Status, item.ExpiresAt, item.Parent))]));
    }
}
