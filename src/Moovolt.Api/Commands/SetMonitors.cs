using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/set-monitors: the charger watches variables and reports what it sees.</summary>
internal static class SetMonitors
{
    private const int Most = 200;
    private const int Debug = 9;

    internal sealed record Body(IReadOnlyList<Monitor> Monitors);

    /// <param name="Key">Component and variable, such as <c>EVSE@1.Power</c>.</param>
    /// <param name="Type">OCPP's word, such as UpperThreshold, Delta or Periodic.</param>
    /// <param name="Value">A bound, or seconds between two reports.</param>
    /// <param name="Severity">0 (danger) to 9 (debug).</param>
    /// <param name="Transaction">Only while a transaction runs.</param>
    /// <param name="Id">The monitor that it takes the place of; a new one when left out.</param>
    internal sealed record Monitor(
        string Key, string Type, decimal Value, int Severity, bool Transaction = false, int? Id = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/set-monitors", Handle)
            .WithName(nameof(SetMonitors))
            .WithSummary("Have the charger watch variables");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.Monitors.Count is 0 or > Most) return Problem.Wrong($"Give 1 to {Most} 'monitors'.");
        if (body.Monitors.Any(monitor => monitor.Severity is < 0 or > Debug))
            return Problem.Wrong("'severity' is 0 (danger) to 9 (debug).");
        var monitors = body.Monitors.Select(monitor => new VariableMonitor(
            monitor.Key, monitor.Type, monitor.Value, monitor.Severity, monitor.Transaction, monitor.Id));
        return await dispatcher.Send(http, id, new Domain.ChargePoints.SetMonitors([.. monitors]), queue);
    }
}
