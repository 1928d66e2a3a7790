namespace Moovolt.Faults.Stage;

/// <summary>How many chargers there are and what they do, all the time that a fault is looked at.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Idle">Connected, and nothing else.</param>
/// <param name="Charging">One session after another, a sample every 10 s.</param>
/// <param name="Probes">The same with a sample every second and a password: through them a gap is seen to the second.</param>
/// <param name="Running">Transactions that run at any moment, at least: between two sessions is up to a second.</param>
/// <param name="Replies">Transaction messages that are acknowledged in a second before the fault, at least.</param>
/// <param name="Requests">Of operators at the HTTP bridge in a second: three of four read, the others command.</param>
internal sealed record Load(
    string Name, int Idle, int Charging, int Probes, int Running, double Replies, double Requests)
{
    /// <summary>
    /// What every row of the table must have held: 1,000 stations, 200 running transactions, samples every 10 s, and 20
    /// requests of operators each second. Two cores hold it with three nodes, PostgreSQL and the chargers themselves on
    /// them, and have room left for a fault.
    /// </summary>
    public static readonly Load Full =
        new("L", Idle: 768, Charging: 162, Probes: 70, Running: 200, Replies: 80, Requests: 20);

    /// <summary>For each change to the program: what a machine holds that does other things too.</summary>
    public static readonly Load Small =
        new("small", Idle: 50, Charging: 30, Probes: 30, Running: 50, Replies: 20, Requests: 6);

    /// <summary>For what is about nodes alone.</summary>
    public static readonly Load None = new("none", 0, 0, 0, 0, 0, 0);

    public int Stations => Idle + Charging + Probes;

    /// <summary>The share of it, of each kind.</summary>
    public Load Half => new($"{Name}/2", Idle / 2, Charging / 2, Probes / 2, Running / 2, Replies / 2, Requests / 2);
}

/// <summary>What of a load was there in the seconds before the fault.</summary>
/// <param name="Replies">In a second.</param>
/// <param name="Requests">Of operators, answered in a second; null in rows of before there were any.</param>
internal sealed record Held(int Stations, int Running, double Replies, double? Requests)
{
    /// <summary>
    /// Fewer than the load says is no load; a station in a hundred may be on its way back to its line, and one request
    /// in five be waited for.
    /// </summary>
    public bool Is(Load load) =>
        Stations >= load.Stations * 0.99 && Running >= load.Running && Replies >= load.Replies
        && !(Requests < load.Requests * 0.8);

    public override string ToString() => FormattableString.Invariant(
        $"{Stations} stations, {Running} running, {Replies:0} replies/s, {Requests:0} requests/s");
}
