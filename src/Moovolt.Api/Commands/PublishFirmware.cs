using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/publish-firmware: the charger fetches a firmware and keeps it for others.</summary>
internal static class PublishFirmware
{
    /// <param name="Checksum">MD5, in hexadecimal.</param>
    internal sealed record Body(string Location, string Checksum, int? Retries = null, int? RetryIntervalSeconds = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/publish-firmware", Handle)
            .WithName(nameof(PublishFirmware))
            .WithSummary("Have the charger keep a firmware for others in its network");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (FileJob.Wrong(body.Location, body.Retries, body.RetryIntervalSeconds) is { } wrong) return wrong;
        if (body.Checksum.Length is 0 or > 32) return Problem.Wrong("'checksum' is an MD5 of up to 32 characters.");
        return await dispatcher.Send(http, id, new Domain.ChargePoints.PublishFirmware(
            body.Location, body.Checksum, FileJob.NewNumber(), body.Retries, body.RetryIntervalSeconds), queue);
    }
}
