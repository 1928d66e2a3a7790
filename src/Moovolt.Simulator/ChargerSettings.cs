using System.Globalization;

namespace Moovolt.Simulator;

/// <summary>
/// What a charger can be set to, by its names in OCPP 1.6, 9, and the two of it that it also obeys.
/// </summary>
internal sealed class ChargerSettings(ChargerBehaviour behaviour)
{
    private long heartbeatSeconds = 300;
    private long sampleMilliseconds = (long)behaviour.MeterEvery.TotalMilliseconds;

    public TimeSpan HeartbeatInterval
    {
        get => TimeSpan.FromSeconds(Interlocked.Read(ref heartbeatSeconds));
        set => Interlocked.Exchange(ref heartbeatSeconds, (long)value.TotalSeconds);
    }

    public TimeSpan MeterEvery => TimeSpan.FromMilliseconds(Interlocked.Read(ref sampleMilliseconds));

    public IEnumerable<(string Key, bool ReadOnly, string Value)> All =>
    [
        ("HeartbeatInterval", false, Print(Interlocked.Read(ref heartbeatSeconds))),
        ("MeterValueSampleInterval", false, Print(Interlocked.Read(ref sampleMilliseconds) / 1000)),
        ("NumberOfConnectors", true, Print(behaviour.Connectors)),
        ("SupportedFeatureProfiles", true, "Core"),
        ("TransactionMessageAttempts", true, Print(behaviour.Attempts)),
        ("TransactionMessageRetryInterval", true, Print((long)behaviour.RetryInterval.TotalSeconds)),
    ];

    /// <param name="key">One of <see cref="All"/>.</param>
    public (bool ReadOnly, string Value) Of(string key)
    {
        var (_, readOnly, value) = All.First(setting => setting.Key == key);
        return (readOnly, value);
    }

    /// <returns>OCPP's ConfigurationStatus.</returns>
    public string Change(string key, string value)
    {
        if (All.FirstOrDefault(known => known.Key == key) is not { Key: not null } setting) return "NotSupported";
        if (setting.ReadOnly) return "Rejected";
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
            return "Rejected";
        if (key == "HeartbeatInterval") HeartbeatInterval = TimeSpan.FromSeconds(seconds);
        else Interlocked.Exchange(ref sampleMilliseconds, seconds * 1000L);
        return "Accepted";
    }

    private static string Print(long number) => number.ToString(CultureInfo.InvariantCulture);
}
