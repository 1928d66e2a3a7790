namespace Moovolt.Simulation.Chargers;

/// <summary>What really happened: one session of charging, as its charger knows it.</summary>
internal sealed class Charge(
    ModelCharger charger, int connector, string token, DateTimeOffset startedAt, long meterStart)
{
    public ModelCharger Charger => charger;

    public int Connector => connector;

    public string Token => token;

    /// <summary>By the charger's clock.</summary>
    public DateTimeOffset StartedAt => startedAt;

    public long MeterStart => meterStart;

    /// <summary>The charger's own, or, in 1.6, ours as soon as it was told.</summary>
    public string? LocalId { get; set; }

    public int NextStep { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public long? MeterStop { get; set; }

    public override string ToString() =>
        $"{charger.Id}'s charge from {startedAt:HH:mm:ss.fff} at connector {connector}";
}

/// <summary>What a transaction message says: the one thing that must be stored once.</summary>
internal enum Tells
{
    Nothing,
    Start,
    Sample,
    Stop,
}

/// <summary>One message of a charger: built anew whenever it is sent, with the same content and another id.</summary>
/// <param name="action">OCPP's name.</param>
/// <param name="payload">What it says.</param>
internal sealed class Saying(string action, Func<string> payload)
{
    public string Action => action;

    public string Payload => payload();

    public Tells Tells { get; init; }

    /// <summary>Which charge it is about; null for none.</summary>
    public Charge? Of { get; init; }

    /// <summary>The charger's time of it.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What the meter showed.</summary>
    public long Wh { get; init; }

    public int TimesSent { get; set; }

    public bool IsAnswered { get; set; }

    public override string ToString() => Of is null ? action : $"{action} ({Tells}, {Wh} Wh, of {At:HH:mm:ss.fff})";
}
