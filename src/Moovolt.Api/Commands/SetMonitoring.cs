using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/set-monitoring-base and …/set-monitoring-level: which monitors are set to begin
/// with, and from which severity on the charger reports.
/// </summary>
internal static class SetMonitoring
{
    private const int Debug = 9;

    /// <param name="Base">OCPP's word: All, FactoryDefault or HardWiredOnly.</param>
    internal sealed record BaseBody(string Base);

    /// <param name="Severity">0 (danger) to 9 (debug): that one and what is worse.</param>
    internal sealed record LevelBody(int Severity);

    public static void Map(IEndpointRouteBuilder commands)
    {
        commands.MapPost("/set-monitoring-base", Base)
            .WithName("SetMonitoringBase")
            .WithSummary("Choose which monitors are set to begin with");
        commands.MapPost("/set-monitoring-level", Level)
            .WithName("SetMonitoringLevel")
            .WithSummary("Choose from which severity on the charger reports");
    }

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Base(
        string id, BaseBody body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new Domain.ChargePoints.SetMonitoring(body.Base, null), queue);

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Level(
        string id, LevelBody body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.Severity is < 0 or > Debug) return Problem.Wrong("'severity' is 0 (danger) to 9 (debug).");
        return await dispatcher.Send(http, id, new Domain.ChargePoints.SetMonitoring(null, body.Severity), queue);
    }
}
