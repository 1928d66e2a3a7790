using System.Net;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>Two commands whose node dies: one had been sent to its charger, one was still queued for another.</summary>
internal sealed class Orphans
{
    private const int QueueSeconds = 25;

    private readonly string _chargePoint;
    private readonly string _sent;
    private readonly string _queued;
    private readonly DateTimeOffset _expires;

    private Orphans(string chargePoint, string sent, string queued, DateTimeOffset expires) =>
        (_chargePoint, _sent, _queued, _expires) = (chargePoint, sent, queued, expires);

    /// <summary>Asks a charger that never answers, and asks it again, to wait behind that.</summary>
    public static async Task<Orphans> Leave(Api api, RawCharger charger)
    {
        var path = $"charge-points/{charger.Identity}/commands";
        var sent = await api.Post($"{path}/clear-cache", new { }, wait: 0);
        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        Assert.True(await Eventually.Is(() => !charger.Asked.IsEmpty, TimeSpan.FromSeconds(10)));
        var queued = await api.Post($"{path}/unlock?queue={QueueSeconds}", new { evse = 1 }, wait: 0);
        Assert.Equal(HttpStatusCode.Accepted, queued.Status);
        return new Orphans(
            charger.Identity,
            sent["id"]!.GetValue<string>(),
            queued["id"]!.GetValue<string>(),
            DateTimeOffset.UtcNow.AddSeconds(QueueSeconds));
    }

    /// <summary>Offline and timed out within so long; the queued one expires at its own time, and not before.</summary>
    public async Task EndAt(Api api, TimeSpan within)
    {
        await Eventually.Get(
            () => api.Get($"charge-points/{_chargePoint}"), seen => seen["connection"]?["online"]?.GetValue<bool>() == false, within);
        var sent = await Eventually.Get(() => api.Get($"commands/{_sent}"), seen => State(seen) == "timedOut", within);
        Assert.Equal("nodeLost", sent["error"]!["code"]!.GetValue<string>());

        var left = _expires - DateTimeOffset.UtcNow;
        await Eventually.Get(
            () => api.Get($"commands/{_queued}"),
            seen => State(seen) == "expired",
            (left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromSeconds(10));
    }

    private static string? State(Api.Answer command) => command["state"]?.GetValue<string>();
}
