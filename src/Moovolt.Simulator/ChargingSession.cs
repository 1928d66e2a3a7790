using System.Globalization;

namespace Moovolt.Simulator;

/// <summary>What really happens at a connector, whether anybody is told of it or not.</summary>
internal sealed class ChargingSession(
    string station, int connector, string idTag, DateTimeOffset startedAt, long meterStart)
{
    private const int None = int.MinValue;
    private readonly TaskCompletionSource<string> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int transactionId = None;

    public string Station { get; } = station;
    public int Connector { get; } = connector;
    public string IdTag { get; } = idTag;
    public DateTimeOffset StartedAt { get; } = startedAt;
    public long MeterStart { get; } = meterStart;

    /// <summary>Names the session within its station: what makes a StartTransaction the same one.</summary>
    public string Key { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{connector}|{idTag}|{ChargerClock.Print(startedAt)}|{meterStart}");

    public int Samples { get; set; }

    /// <summary>What the server calls it, from the moment that it said so. The first id counts.</summary>
    public int? TransactionId => Volatile.Read(ref transactionId) is var id and not None ? id : null;

    /// <summary>Completes when somebody wants it to end before its time, with the reason in OCPP's word.</summary>
    public Task<string> Ending => ending.Task;

    /// <returns>False when the server has called it something else before.</returns>
    public bool Named(int id) => Interlocked.CompareExchange(ref transactionId, id, None) is var before
        && (before == None || before == id);

    /// <summary>Completes when no more energy flows.</summary>
    public Task Over => over.Task;

    public void Finished() => over.TrySetResult();

    public void End(string reason) => ending.TrySetResult(reason);
}
