using System.Net;
using System.Threading.RateLimiting;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// How many new sockets a node takes on: in all, so that a storm leaves it able to serve those it has, and from one
/// address, so that one address cannot use up the turns of all others.
/// </summary>
internal sealed class UpgradeBudget(GatewaySettings settings, TimeProvider time) : IDisposable
{
    private readonly TokenBucketRateLimiter turns = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = settings.UpgradesPerSecond,
        TokensPerPeriod = settings.UpgradesPerSecond < 10
            ? settings.UpgradesPerSecond : settings.UpgradesPerSecond / 10,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(settings.UpgradesPerSecond < 10 ? 1000 : 100),
        QueueLimit = settings.UpgradesWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly Buckets<IPAddress>? perAddress = settings.AddressUpgradesPerSecond == 0 ? null
        : new(settings.AddressUpgradesBurst, TimeSpan.FromSeconds(1.0 / settings.AddressUpgradesPerSecond), time);

    /// <summary>False when this address has had its share: it must come back later.</summary>
    public bool Allows(IPAddress source) => perAddress is null || perAddress.TryTake(Source.NetworkOf(source));

    /// <summary>Waits for a turn; false when too many wait already.</summary>
    public async Task<bool> TurnAsync(CancellationToken cancellation)
    {
        using var turn = await turns.AcquireAsync(1, cancellation);
        return turn.IsAcquired;
    }

    public void Dispose() => turns.Dispose();
}
