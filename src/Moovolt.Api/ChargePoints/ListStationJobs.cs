using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.StationJobs;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// What a charger is, and was, busy with, step by step: GET /charge-points/{id}/firmware for updates of its firmware,
/// GET /charge-points/{id}/uploads for diagnostics and logs.
/// </summary>
internal static class ListStationJobs
{
    /// <param name="Kind">firmware, diagnostics or log.</param>
    /// <param name="Command">The command that asked for it; null when nobody here asked.</param>
    /// <param name="Location">Without user and password.</param>
    /// <param name="FileName">What the charger calls the file.</param>
    /// <param name="ReplacedOlder">It gave up an older one for this.</param>
    /// <param name="Status">Its last word; null while it has said none.</param>
    /// <param name="Ended">Nothing more is to come.</param>
    internal sealed record Job(
        string Kind,
        string? Command,
        int? RequestId,
        string? Location,
        string? FileName,
        bool ReplacedOlder,
        string? Status,
        DateTimeOffset BegunAt,
        DateTimeOffset StatusAt,
        bool Ended,
        ImmutableArray<StationJobStep> Steps);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/charge-points/{id}/firmware", Firmware)
            .WithName("ListFirmwareUpdates")
            .WithSummary("Updates of a charger's firmware, step by step, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/charge-points/{id}/published-firmware", Published)
            .WithName("ListPublishedFirmware")
            .WithSummary("Firmware that a charger keeps for others, step by step, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/charge-points/{id}/uploads", Uploads)
            .WithName("ListUploads")
            .WithSummary("A charger's uploads of diagnostics and logs, step by step, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static Task<Results<Ok<Listing<Job>>, Problem>> Published(
        string id, [AsParameters] Paging paging, ChargePointTable chargePoints,
        StationJobTable table, CancellationToken cancellation) =>
        List(id, [StationJobKind.PublishedFirmware], paging, chargePoints, table, cancellation);

    private static Task<Results<Ok<Listing<Job>>, Problem>> Firmware(
        string id, [AsParameters] Paging paging, ChargePointTable chargePoints,
        StationJobTable table, CancellationToken cancellation) =>
        List(id, [StationJobKind.Firmware], paging, chargePoints, table, cancellation);

    private static Task<Results<Ok<Listing<Job>>, Problem>> Uploads(
        string id, [AsParameters] Paging paging, ChargePointTable chargePoints,
        StationJobTable table, CancellationToken cancellation) =>
        List(id, [StationJobKind.Diagnostics, StationJobKind.Log], paging, chargePoints, table, cancellation);

    private static async Task<Results<Ok<Listing<Job>>, Problem>> List(
        string id,
        IReadOnlyList<StationJobKind> kinds,
        Paging paging,
        ChargePointTable chargePoints,
        StationJobTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, kinds, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Job>.Of(page, row => new Job(
            row.Kind,
            row.Location is null ? null : row.JobId,
            row.Number,
            row.Location,
            row.FileName,
            row.ReplacedOlder,
            row.Status,
            row.BegunAt,
            row.StatusAt,
            row.Ended,
            row.Steps)));
    }
}
