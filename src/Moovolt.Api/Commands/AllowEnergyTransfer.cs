using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/allow-energy-transfer: which ways of energy transfer a transaction may use.</summary>
internal static class AllowEnergyTransfer
{
    /// <param name="Transaction">Its local id, or its whole id.</param>
    /// <param name="Ways">OCPP's words, such as AC_BPT.</param>
    internal sealed record Body(string Transaction, IReadOnlyList<string> Ways);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/allow-energy-transfer", Handle)
            .WithName(nameof(AllowEnergyTransfer))
            .WithSummary("Say which ways of energy transfer a transaction may use");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.Ways.Count is 0 or > 20) return Problem.Wrong("Give 1 to 20 'ways'.");
        return await dispatcher.Send(http, id, new Domain.ChargePoints.AllowEnergyTransfer(
            RunningTransaction.LocalId(id, body.Transaction), [.. body.Ways]), queue);
    }
}
