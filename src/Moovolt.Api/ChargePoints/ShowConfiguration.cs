using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Configuration;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/configuration: what the charger last told, without asking it. And …/configuration/changes:
/// what became another value.
/// </summary>
internal static class ShowConfiguration
{
    /// <param name="ReadAt">When the charger last told; null when it was never asked.</param>
    /// <param name="Unknown">Keys that were asked for and that it does not know.</param>
    internal sealed record Known(DateTimeOffset? ReadAt, ImmutableArray<Item> Items, ImmutableArray<string> Unknown);

    /// <param name="Value">Null when the charger gave none, and always for a secret.</param>
    /// <param name="At">When we last heard of it.</param>
    /// <param name="RebootRequired">It was written, and holds from the charger's next start on.</param>
    /// <param name="Secret">A password or a key: its value is kept nowhere.</param>
    /// <param name="Truncated">The charger's value is longer than the 2,048 characters that are kept.</param>
    internal sealed record Item(
        string Key, string? Value, bool Readonly, DateTimeOffset At, bool RebootRequired, bool Secret, bool Truncated);

    /// <param name="Old">Null when the key was not known before.</param>
    /// <param name="New">Null when the charger does not know the key any more.</param>
    /// <param name="How">
    /// written: through Moovolt. charger: the charger holds another value than the one that was written. read: a read
    /// found another value than known, so it was changed elsewhere.
    /// </param>
    /// <param name="Command">The command behind it.</param>
    internal sealed record Change(string Key, string? Old, string? New, string How, DateTimeOffset At, string? Command);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/charge-points/{id}/configuration", Handle)
            .WithName("GetChargePointConfiguration")
            .WithSummary("The charger's configuration as it last told it; the charger is not asked")
            .Refuses(StatusCodes.Status404NotFound);
        api.MapGet("/charge-points/{id}/configuration/changes", Changes)
            .WithName("ListConfigurationChanges")
            .WithSummary("What has changed in the charger's configuration, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Known>, Problem>> Handle(
        string id, ChargePointTable chargePoints, ConfigurationTable table, CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var items = await table.ItemsAsync(known, cancellation);
        return TypedResults.Ok(new Known(
            await table.ReadAtAsync(known, cancellation),
            [.. items.Select(row => new Item(
                row.Key, row.Value, row.Readonly, row.At, row.RebootRequired, row.Secret, row.Truncated))],
            await table.UnknownAsync(known, cancellation)));
    }

    private static async Task<Results<Ok<Listing<Change>>, Problem>> Changes(
        string id,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        ConfigurationTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ChangesAsync(known, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Change>.Of(
            page, row => new Change(row.Key, row.Old, row.New, row.How, row.At, row.Command)));
    }
}
