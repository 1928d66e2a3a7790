using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/get-diagnostics: the charger uploads what helps to find a fault.
/// </summary>
internal static class GetDiagnostics
{
    /// <param name="Location">A URI of a directory. User and password in it are shown nowhere.</param>
    internal sealed record Body(
        string Location,
        DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        int? Retries = null,
        int? RetryIntervalSeconds = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/get-diagnostics", Handle)
            .WithName(nameof(GetDiagnostics))
            .WithSummary("Have the charger upload its diagnostics");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (FileJob.Wrong(body.Location, body.Retries, body.RetryIntervalSeconds) is { } wrong) return wrong;
        return await dispatcher.Send(
            http,
            id,
            new UploadDiagnostics(
                body.Location, body.From?.ToUniversalTime(),
                body.To?.ToUniversalTime(), body.Retries, body.RetryIntervalSeconds),
            queue);
    }
}
