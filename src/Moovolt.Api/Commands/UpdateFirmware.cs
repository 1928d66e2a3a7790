using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/update-firmware: the charger fetches a firmware and installs it. With a signature,
/// in the way of the security whitepaper. It is effective when the charger reports Installed.
/// </summary>
internal static class UpdateFirmware
{
    /// <param name="Location">A URI. User and password in it are shown nowhere.</param>
    /// <param name="RetrieveAt">When to fetch it; now when left out.</param>
    /// <param name="InstallAt">When to install it; only for a signed firmware.</param>
    /// <param name="SigningCertificate">PEM; with <paramref name="Signature"/>.</param>
    /// <param name="Signature">Base64.</param>
    internal sealed record Body(
        string Location,
        DateTimeOffset? RetrieveAt = null,
        int? Retries = null,
        int? RetryIntervalSeconds = null,
        DateTimeOffset? InstallAt = null,
        string? SigningCertificate = null,
        string? Signature = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/update-firmware", Handle)
            .WithName(nameof(UpdateFirmware))
            .WithSummary("Have the charger fetch a firmware and install it");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, TimeProvider clock, HttpContext http)
    {
        if (FileJob.Wrong(body.Location, body.Retries, body.RetryIntervalSeconds) is { } wrong) return wrong;
        var retrieveAt = (body.RetrieveAt ?? clock.GetUtcNow()).ToUniversalTime();
        switch (body)
        {
            case { Signature: { } signature, SigningCertificate: { } certificate }:
                return await dispatcher.Send(
                    http,
                    id,
                    new UpdateSignedFirmware(
                        FileJob.NewNumber(), body.Location, retrieveAt, body.InstallAt?.ToUniversalTime(), certificate, signature,
                        body.Retries, body.RetryIntervalSeconds),
                    queue);
            case { Signature: null, SigningCertificate: null, InstallAt: null }:
                return await dispatcher.Send(
                    http,
                    id,
                    new Domain.ChargePoints.UpdateFirmware(
                        body.Location, retrieveAt, body.Retries, body.RetryIntervalSeconds, FileJob.NewNumber()),
                    queue);
            default:
                return Problem.Wrong("A signed firmware needs both 'signingCertificate' and 'signature'; 'installAt' is for those only.");
        }
    }
}
