namespace Moovolt.Faults.Checker;

/// <summary>
/// How long what happened at chargers waited to be acknowledged, over lost lines and reconnects; with a sample each
/// second of each probe that is how long a charger was without the server.
/// </summary>
internal sealed class Waits
{
    private Waits(TimeSpan longest, TimeSpan median, TimeSpan high, string worst) =>
        (Longest, Median, P99, Worst) = (longest, median, high, worst);

    public TimeSpan Longest { get; }

    public TimeSpan Median { get; }

    public TimeSpan P99 { get; }

    /// <summary>Whose the longest was.</summary>
    public string Worst { get; }

    /// <param name="messages">What was acknowledged within the time that is meant.</param>
    public static Waits Of(IEnumerable<Ledger.Message> messages)
    {
        Ledger.Message[] sorted = [.. messages.OrderBy(message => message.Waited)];
        if (sorted is []) return new Waits(default, default, default, "nobody's");
        TimeSpan At(double share) => sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)].Waited;
        return new Waits(sorted[^1].Waited, At(0.5), At(0.99), sorted[^1].Key);
    }
}
