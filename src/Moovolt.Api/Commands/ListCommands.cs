using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Commands;

namespace Moovolt.Api.Commands;

/// <summary>GET /commands: what was asked of chargers, the latest first.</summary>
internal static class ListCommands
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/commands", Handle)
            .WithName(nameof(ListCommands))
            .WithSummary("Commands, the latest first")
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Listing<CommandResource>>, Problem>> Handle(
        [Description("Only those to this charge point.")] string? chargePoint,
        Word<RequestState>? state,
        [AsParameters] Paging paging,
        CommandTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var known = chargePoint is null ? null : new ChargePointId(chargePoint);
        var page = await table.ListAsync(
            new CommandFilter(known, state?.Value), paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<CommandResource>.Of(page, CommandResource.Of));
    }
}
