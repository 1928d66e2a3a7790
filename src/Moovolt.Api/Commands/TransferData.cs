using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/data-transfer: a vendor's own message to the charger.</summary>
internal static class TransferData
{
    /// <param name="VendorId">Whose message it is: usually a reversed domain name.</param>
    /// <param name="Data">At most 65,536 characters.</param>
    internal sealed record Body(string VendorId, string? MessageId = null, string? Data = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/data-transfer", Handle)
            .WithName(nameof(TransferData))
            .WithSummary("Send the charger a vendor's own message");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.VendorId.Length is 0 or > 255) return Problem.Wrong("'vendorId' has 1 to 255 characters.");
        if (body.MessageId?.Length > 50) return Problem.Wrong("'messageId' has at most 50 characters.");
        if (body.Data?.Length > DataTransfers.LongestData)
            return Problem.Wrong($"'data' has at most {DataTransfers.LongestData} characters.");

        var wish = new Domain.ChargePoints.TransferData(body.VendorId, body.MessageId, body.Data);
        return await dispatcher.Send(http, id, wish, queue);
    }
}
