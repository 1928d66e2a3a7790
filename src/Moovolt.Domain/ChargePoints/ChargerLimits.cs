using System.Globalization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// What a charger says of how much it can, by names of our own: each dialect knows which of its keys or variables says
/// it. Numbers of stored events: add, never change.
/// </summary>
public enum ChargerLimit
{
    /// <summary>The highest stack level of a charging profile.</summary>
    StackLevel = 1,

    /// <summary>Periods in a charging schedule.</summary>
    SchedulePeriods = 2,

    /// <summary>In what limits may be given: amperes, watts or both.</summary>
    RateUnits = 3,

    /// <summary>Charging profiles at once.</summary>
    Profiles = 4,

    /// <summary>Whether it has a local list that is switched on.</summary>
    LocalListEnabled = 5,

    /// <summary>Tokens on its local list.</summary>
    LocalListTokens = 6,

    /// <summary>Tokens in one message.</summary>
    LocalListTokensAtOnce = 7,

    /// <summary>Whether a reservation may leave the connector open.</summary>
    ReservesAnyConnector = 8,

    /// <summary>Keys that may be asked for in one message.</summary>
    KeysReadAtOnce = 9,

    /// <summary>Keys that may be set in one message; who does not say so takes one.</summary>
    KeysWrittenAtOnce = 10,

    /// <summary>Bytes of a message that asks for keys.</summary>
    BytesOfReading = 11,

    /// <summary>Bytes of a message that sets keys.</summary>
    BytesOfWriting = 12,

    /// <summary>Bytes of a message with a part of the local list.</summary>
    LocalListBytes = 13,

    /// <summary>Monitors that may be set in one message.</summary>
    MonitorsAtOnce = 14,

    /// <summary>Messages on its display.</summary>
    DisplayMessages = 15,
}

/// <summary>What a charger says of its limits, as far as its configuration was read. What is senseless says nothing.</summary>
public static class ChargerLimits
{
    /// <summary>The item of its configuration that says the limit, so that a sentence can name it; null for none.</summary>
    public static ConfigurationItem? Item(this ChargePoint state, ChargerLimit limit) =>
        state.Configuration.FirstOrDefault(item => item.Limit == limit);

    /// <summary>What it says of a limit, in its own words; null while it is not known.</summary>
    public static string? Value(this ChargePoint state, ChargerLimit limit) => state.Item(limit)?.Value;

    /// <summary>A limit that is a whole number; null while it is not known, or is none.</summary>
    public static int? Number(this ChargePoint state, ChargerLimit limit) =>
        int.TryParse(state.Value(limit), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>A limit that is true or false; null while it is not known, or is neither.</summary>
    public static bool? Flag(this ChargePoint state, ChargerLimit limit) =>
        bool.TryParse(state.Value(limit), out var flag) ? flag : null;
}
