using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Attempts;

namespace Moovolt.Api.Operations;

/// <summary>GET /connection-attempts: handshakes that failed, sockets that went wrong after theirs, and why.</summary>
internal static class ListConnectionAttempts
{
    /// <param name="Identity">As the peer wrote it; it may be nobody's.</param>
    /// <param name="Code">Stable, for programs.</param>
    /// <param name="Reason">For whoever stands before the charger.</param>
    /// <param name="Offered">The subprotocols that were offered.</param>
    /// <param name="HttpStatus">
    /// What was answered; 101 when the socket was there, and what it says against the charger came after.
    /// </param>
    /// <param name="FirstAt">The first time, from this address and for this reason.</param>
    /// <param name="At">The latest time.</param>
    /// <param name="Count">How often since the first time.</param>
    /// <param name="Node">The member that the latest came to; null for a node by itself.</param>
    internal sealed record Attempt(
        string Identity, string RemoteAddress, string Code,
        string Reason, string? Offered, int HttpStatus, DateTimeOffset FirstAt, DateTimeOffset At, long Count,
        string? Node);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/connection-attempts", Handle)
            .WithName(nameof(ListConnectionAttempts))
            .WithSummary("Handshakes that failed and sockets that went wrong after theirs, the latest first")
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Listing<Attempt>>, Problem>> Handle(
        [Description("Only those that named this identity.")] string? chargePoint,
        [AsParameters] Paging paging,
        AttemptTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var page = await table.ListAsync(chargePoint, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Attempt>.Of(page, row => new Attempt(
            row.Identity, row.RemoteAddress, row.Code, row.Reason, row.Offered, row.HttpStatus, row.FirstAt,
            row.At, row.Count, row.Node)));
    }
}
