using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.Changes;

namespace Moovolt.Api.Live;

/// <summary>
/// GET /events: what changes, as it changes. Ids are the same on every node, so a stream that broke goes on anywhere
/// with Last-Event-ID, without gap or repeat; who was away too long hears <c>event: reset</c> first and reads anew.
/// </summary>
internal static class StreamEvents
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/events", Handle)
            .WithName(nameof(StreamEvents))
            .WithSummary("Follow what changes (Server-Sent Events)")
            .Produces<string>(contentType: EventStream.MediaType);

    private static async Task<EventStream> Handle(
        [Description("Only what concerns this charge point.")] string? chargePoint,
        [Description("Only this type of change.")] string? type,
        [FromHeader(Name = "Last-Event-ID"), Description("The last id that was heard; the stream goes on after it.")]
        string? lastEventId,
        ChangeTable changes,
        ChangeFeed feed,
        EventStreams streams,
        ApiSettings settings,
        IHostApplicationLifetime life,
        CancellationToken cancellation)
    {
        var kept = await changes.KeptAsync(cancellation);
        var heard = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id : (long?)null;
        var resumes = heard is { } last && kept.CanResumeAfter(last);
        var isLost = !string.IsNullOrEmpty(lastEventId) && !resumes;
        return new EventStream(
            streams,
            feed,
            change => (chargePoint is null || change.ChargePoint == chargePoint)
                && (type is null || change.Type == type),
            resumes ? heard!.Value : kept.Newest, // resumes says that it was read
            isLost,
            settings.StreamHeartbeat,
            life.ApplicationStopping);
    }
}
