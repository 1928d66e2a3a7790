namespace Moovolt.Simulator;

/// <summary>What a charger does with its day.</summary>
public enum Workload
{
    /// <summary>Session after session at the pace of a real one.</summary>
    Sessions,

    /// <summary>Connect, boot, stay. It charges only when it is told to from afar.</summary>
    Idle,

    /// <summary>
    /// Nothing but transaction messages, the next one as soon as the last is answered: for measuring.
    /// </summary>
    ClosedLoop,
}

/// <summary>How a pretend charger behaves: what it charges, how often it speaks and how it comes back.</summary>
public sealed record ChargerBehaviour
{
    public Workload Workload { get; init; } = Workload.Sessions;

    public int Connectors { get; init; } = 1;

    /// <summary>How many sessions each connector charges before it rests for good; null: without end.</summary>
    public int? SessionsEach { get; init; }

    public TimeSpan SessionLength { get; init; } = TimeSpan.FromMinutes(3);

    public TimeSpan MeterEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest rest between two sessions; each rest is a random part of it.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// MeterValues per session in the closed loop, where a sample stands for one <see cref="MeterEvery"/>.
    /// </summary>
    public int ClosedLoopSamples { get; init; } = 4;

    /// <summary>What the car draws; null: one of the usual powers, by the charger's own chance.</summary>
    public int? Watts { get; init; }

    /// <summary>Ask the server about the token before a session that begins at the charger.</summary>
    public bool Authorize { get; init; } = true;

    /// <summary>How long an answer is waited for before the call counts as lost.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Multiplied by the number of sendings so far (OCPP 1.6, TransactionMessageRetryInterval).</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// CALLERRORs for one message before it is given up (OCPP 1.6, TransactionMessageAttempts). Silence never gives up.
    /// </summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Repeat a message under the id that it had; a new one otherwise. OCPP-J allows both.</summary>
    public bool KeepsMessageIds { get; init; }

    /// <summary>How far its clock is ahead of the tester's; negative: behind. It never asks what time it is.</summary>
    public TimeSpan ClockAhead { get; init; }

    public BackOff BackOff { get; init; } = new();

    /// <summary>Dial the same node for ever; otherwise the next one of the list after each lost connection.</summary>
    public bool StaysOnNode { get; init; }

    /// <summary>Boot after every reconnect, as some makes do; otherwise only at first and after a Reset.</summary>
    public bool BootsOnReconnect { get; init; }

    public Misbehaviour Misbehaviour { get; init; } = new();
}

/// <summary>
/// How long to wait before dialling again: minimum + chance, doubled with each failure (OCPP 2.0.1 part 4, 5.3).
/// </summary>
public sealed record BackOff
{
    public TimeSpan Minimum { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan RandomRange { get; init; } = TimeSpan.FromSeconds(2);

    public int Doublings { get; init; } = 3;

    internal TimeSpan After(int failures, Random random) =>
        (Minimum + RandomRange * random.NextDouble()) * (1 << Math.Min(failures, Doublings));
}

/// <summary>What a charger does wrong on purpose. Likelihoods are per transaction message, 0 to 1.</summary>
public sealed record Misbehaviour
{
    /// <summary>Never answers a call of the server, so that its deadline passes.</summary>
    public bool SilentToCalls { get; init; }

    /// <summary>How likely a message that was acknowledged is sent once more, under a new id.</summary>
    public double Duplicates { get; init; }

    /// <summary>How likely something that is no OCPP frame is sent first.</summary>
    public double OddFrames { get; init; }

    /// <summary>How many of the last acknowledged messages are sent again after each reconnect.</summary>
    public int Replays { get; init; }
}
