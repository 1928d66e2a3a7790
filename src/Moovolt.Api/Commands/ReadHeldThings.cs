using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/get-monitors, …/get-display-messages, …/get-tariffs and …/get-der-controls: the
/// charger is asked what it holds. What it tells is at the lists of the same names.
/// </summary>
internal static class ReadHeldThings
{
    private const int Most = 100;

    /// <param name="Keys">Which variables' monitors; all when left out.</param>
    internal sealed record MonitorsBody(IReadOnlyList<string>? Keys = null);

    /// <param name="Ids">Which messages; all when left out.</param>
    internal sealed record MessagesBody(IReadOnlyList<string>? Ids = null);

    /// <param name="Evse">Of which EVSE; of all when left out.</param>
    internal sealed record TariffsBody(int? Evse = null);

    /// <param name="ControlId">Which control; all when left out.</param>
    internal sealed record ControlsBody(string? ControlId = null);

    public static void Map(IEndpointRouteBuilder commands)
    {
        commands.MapPost("/get-monitors", Monitors)
            .WithName("GetMonitors").WithSummary("Ask which monitors the charger has");
        commands.MapPost("/get-display-messages", Messages)
            .WithName("GetDisplayMessages").WithSummary("Ask what the charger shows");
        commands.MapPost("/get-tariffs", Tariffs)
            .WithName("GetTariffs").WithSummary("Ask which tariffs the charger holds");
        commands.MapPost("/get-der-controls", Controls)
            .WithName("GetDerControls").WithSummary("Ask which controls of the grid code the charger holds");
    }

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Monitors(
        string id, MonitorsBody? body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        Send(id, HeldKind.Monitor, body?.Keys ?? [], null, queue, dispatcher, http);

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Messages(
        string id, MessagesBody? body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        Send(id, HeldKind.DisplayMessage, body?.Ids ?? [], null, queue, dispatcher, http);

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Tariffs(
        string id, TariffsBody? body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        Send(id, HeldKind.Tariff, [], body?.Evse, queue, dispatcher, http);

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Controls(
        string id, ControlsBody? body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        Send(id, HeldKind.DerControl, body?.ControlId is { } one ? [one] : [], null, queue, dispatcher, http);

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Send(
        string id, HeldKind kind, IReadOnlyList<string> only, int? evse, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (only.Count > Most) return Problem.Wrong($"At most {Most} are asked for by name; or all, by naming none.");
        if (Place.Wrong(evse, null) is { } wrong) return wrong;
        ConnectorId? place = evse is { } number ? new ConnectorId(number, 0) : null;
        return await dispatcher.Send(http, id, new ReadHeld(kind, [.. only], place), queue);
    }
}
