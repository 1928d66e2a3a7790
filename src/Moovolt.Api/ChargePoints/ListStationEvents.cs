using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.StationEvents;

namespace Moovolt.Api.ChargePoints;

/// <summary>GET /charge-points/{id}/events: what has happened at a charger's components, or was seen by a monitor.</summary>
internal static class ListStationEvents
{
    // OCPP 2.0.1, part 2, MonitoringSeverity.
    private static readonly string[] Levels =
    [
        "danger", "hardwareFailure", "systemFailure", "critical", "error", "alert", "warning", "notice", "informational",
        "debug",
    ];

    /// <param name="Number">The charger's own number for it.</param>
    /// <param name="Component">With its place, such as <c>Connector@1/2</c>.</param>
    /// <param name="Trigger">OCPP's word: Alerting, Delta or Periodic.</param>
    /// <param name="Notification">OCPP's word for what saw it.</param>
    /// <param name="Cause">The number of the event that this one follows from.</param>
    /// <param name="Cleared">What was reported is over.</param>
    /// <param name="Monitor">The monitor that saw it; null when it is built in.</param>
    /// <param name="Severity">0 (danger) to 9 (debug); null when neither the charger nor a known monitor says.</param>
    /// <param name="Level">The severity in a word.</param>
    /// <param name="ChargerAt">The charger's own time.</param>
    internal sealed record StationEvent(
        long Number,
        string Component,
        string Variable,
        string Value,
        string Trigger,
        string? Notification,
        long? Cause,
        bool Cleared,
        string? Monitor,
        long? Severity,
        string? Level,
        string? Transaction,
        string? TechCode,
        string? TechInfo,
        DateTimeOffset ChargerAt,
        DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/events", Handle)
            .WithName(nameof(ListStationEvents))
            .WithSummary("What has happened at a charger's components, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<StationEvent>>, Problem>> Handle(
        string id,
        [Description("Of one variable, such as Connector@1.Temperature.")] string? key,
        [Description("0 (danger) to 9 (debug): that one and what is worse. 5 is an alert.")] int? severity,
        bool? cleared,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        StationEventTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(
            known, new StationEventFilter(key, severity, cleared), paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<StationEvent>.Of(page, Of));
    }

    // The names of the standard have no point, and instances are in brackets: the last one before them parts the two.
    private static StationEvent Of(StationEventRow row)
    {
        var bracket = row.Key.EndsWith(')') ? row.Key.LastIndexOf('(') : row.Key.Length;
        var point = row.Key.LastIndexOf('.', bracket - 1);
        return new StationEvent(
            row.Number,
            row.Key[..Math.Max(point, 0)],
            row.Key[(point + 1)..],
            row.Value,
            row.Trigger,
            row.Notification,
            row.Cause,
            row.Cleared,
            row.Monitor,
            row.Severity,
            row.Severity is >= 0 and < 10 and { } level ? Levels[level] : null,
            row.Transaction,
            row.TechCode,
            row.TechText,
            row.ChargerAt,
            row.At);
    }
}
