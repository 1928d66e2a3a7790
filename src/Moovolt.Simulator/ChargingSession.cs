using System.Globalization;

namespace Moovolt.Simulator;

/// <summary>Why a session ends.</summary>
internal enum StopCause
{
    /// <summary>The driver has had enough.</summary>
    Local,
    Remote,
    SoftReset,
    HardReset,

    /// <summary>The connector was unlocked from afar.</summary>
    UnlockCommand,

    /// <summary>The server did not want the driver.</summary>
    DeAuthorized,
}

/// <summary>Who comes to charge.</summary>
/// <param name="RemoteStart">The number of the server's wish, where versions have one.</param>
internal readonly record struct Driver(string Tag, bool Remote, int? RemoteStart = null);

/// <summary>What really happens at a connector, whether anybody is told of it or not.</summary>
internal sealed class ChargingSession(
    string station, Protocol protocol, int connector, Driver driver, DateTimeOffset startedAt, long meterStart,
    string? transactionId)
{
    private readonly TaskCompletionSource<StopCause> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? transactionId = transactionId;
    private int steps;

    public string Station { get; } = station;
    public Protocol Protocol { get; } = protocol;
    public int Connector { get; } = connector;
    public Driver Driver { get; } = driver;
    public string IdTag => Driver.Tag;
    public DateTimeOffset StartedAt { get; } = startedAt;
    public long MeterStart { get; } = meterStart;

    /// <summary>Names the session within its station: what makes a start the same one.</summary>
    public string Key { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{connector}|{driver.Tag}|{ChargerClock.Print(startedAt)}|{meterStart}");

    public int Samples { get; set; }

    /// <summary>
    /// What it is called: by the charger itself from the beginning, or by the server from the moment that it said so.
    /// The first id counts.
    /// </summary>
    public string? TransactionId => Volatile.Read(ref transactionId);

    /// <summary>Completes when somebody wants it to end before its time.</summary>
    public Task<StopCause> Ending => ending.Task;

    /// <returns>False when it is called something else already.</returns>
    public bool Named(string id) => Interlocked.CompareExchange(ref transactionId, id, null) is var before
        && (before is null || before == id);

    /// <summary>The number of the next thing that is told of it, from 0. Only its connector asks.</summary>
    public int NextStep() => steps++;

    /// <summary>Completes when no more energy flows.</summary>
    public Task Over => over.Task;

    public void Finished() => over.TrySetResult();

    public void End(StopCause cause) => ending.TrySetResult(cause);
}
