using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/clear-monitors, …/clear-display-message, …/clear-tariffs and …/clear-der-controls:
/// the charger shall hold something no more.
/// </summary>
internal static class ReleaseHeldThings
{
    private const int Most = 100;

    /// <param name="Ids">Numbers of monitors.</param>
    internal sealed record MonitorsBody(IReadOnlyList<int> Ids);

    /// <param name="Id">The number of the message.</param>
    internal sealed record MessageBody(int Id);

    /// <param name="Ids">Which tariffs; all when left out.</param>
    /// <param name="Evse">Of which EVSE; of all when left out.</param>
    internal sealed record TariffsBody(IReadOnlyList<string>? Ids = null, int? Evse = null);

    /// <param name="IsDefault">Those that always hold; else those that were scheduled.</param>
    /// <param name="ControlType">Of which type; of all when left out.</param>
    /// <param name="ControlId">Which control; all that fit when left out.</param>
    internal sealed record ControlsBody(bool IsDefault, string? ControlType = null, string? ControlId = null);

    public static void Map(IEndpointRouteBuilder commands)
    {
        commands.MapPost("/clear-monitors", Monitors)
            .WithName("ClearMonitors").WithSummary("Have the charger watch something no more");
        commands.MapPost("/clear-display-message", Message)
            .WithName("ClearDisplayMessage").WithSummary("Have the charger show a message no more");
        commands.MapPost("/clear-tariffs", Tariffs)
            .WithName("ClearTariffs").WithSummary("Take tariffs away from the charger");
        commands.MapPost("/clear-der-controls", Controls)
            .WithName("ClearDerControls").WithSummary("Take controls of the grid code away from the charger");
    }

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Monitors(
        string id, MonitorsBody body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.Ids.Count is 0 or > Most) return Problem.Wrong($"Give 1 to {Most} 'ids'.");
        return await dispatcher.Send(
            http, id, new ReleaseHeld(HeldKind.Monitor, [.. body.Ids.Select(one => $"{one}")]), queue);
    }

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Message(
        string id, MessageBody body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new ReleaseHeld(HeldKind.DisplayMessage, [$"{body.Id}"]), queue);

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Tariffs(
        string id, TariffsBody? body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body?.Ids is { Count: > Most }) return Problem.Wrong($"At most {Most} 'ids' at once.");
        if (Place.Wrong(body?.Evse, null) is { } wrong) return wrong;
        ConnectorId? place = body?.Evse is { } evse ? new ConnectorId(evse, 0) : null;
        return await dispatcher.Send(http, id, new ReleaseHeld(HeldKind.Tariff, [.. body?.Ids ?? []], place), queue);
    }

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Controls(
        string id, ControlsBody body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(
            http,
            id,
            new ReleaseHeld(
                HeldKind.DerControl,
                body.ControlId is { } one ? [one] : [],
                Group: $"{(body.IsDefault ? "default" : "scheduled")} {body.ControlType}".TrimEnd()),
            queue);
}
