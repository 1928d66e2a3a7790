using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>One key of a charger's configuration. Made with <see cref="Of"/>, which keeps secrets and floods out.</summary>
/// <param name="Key">In the charger's own case; compared without case, since no two chargers agree on it.</param>
/// <param name="Value">Null when the charger gave none, and always for a secret.</param>
/// <param name="Readonly">The charger says that it cannot be changed.</param>
/// <param name="Truncated">True when the charger's value was longer than what is kept.</param>
[DataContract]
public sealed record ConfigurationItem(
    [property: DataMember(Order = 1)] string Key,
    [property: DataMember(Order = 2)] string? Value,
    [property: DataMember(Order = 3)] bool Readonly,
    [property: DataMember(Order = 4)] bool Truncated = false)
{
    /// <summary>Characters: OCPP 1.6, 7.29 has 50; some vendors take more.</summary>
    public const int LongestKey = 100;

    /// <summary>Characters: OCPP 1.6, 7.29 has 500; some vendors take more.</summary>
    public const int LongestValue = 2048;

    public static ConfigurationItem Of(string key, string? value, bool isReadonly = false) => new(
        Cut(key, LongestKey),
        value is null || SecretKeys.Has(key) ? null : Cut(value, LongestValue),
        isReadonly,
        value?.Length > LongestValue && !SecretKeys.Has(key));

    // Not between the halves of a surrogate pair: half of one is no character.
    private static string Cut(string text, int length) => text.Length <= length
        ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

/// <summary>The charger is asked how it is configured.</summary>
/// <param name="Keys">Which keys; empty for all.</param>
/// <param name="Number">By which a charger says that what it tells answers this; 0 until the charge point has given it one.</param>
[DataContract]
public sealed record ReadConfiguration(
    ImmutableArray<string> Keys,
    [property: DataMember(Order = 2)] int Number = 0) : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>As many keys are asked for one by one, when the charger cannot be asked for them together.</summary>
    private const int MostAlone = 20;

    [DataMember(Order = 1)]
    public ImmutableArray<string> Keys { get => field.IsDefault ? [] : field; init; } = Keys;

    public override string Verb => "get-configuration";

    /// <summary>OCPP 1.6, 9.1.8: so many keys at once, the charger says.</summary>
    public override string? WhyNot(ChargePoint state) =>
        state.Number("GetConfigurationMaxKeys") is > 0 and { } most && Keys.Length > most
            ? $"The charger tells up to {most} keys at once (its GetConfigurationMaxKeys), not {Keys.Length}; or all of them."
            : null;

    public override TimeSpan? EffectWithin(Outcome? outcome) => outcome is ReportComing ? Within : null;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is ModelReported e && e.Number == Number;

    public override string WhyNoEffect(ChargePoint state)
    {
        var report = state.Reports.FirstOrDefault(known => known.Number == Number);
        return $"The charger said yes, and its report has not come to its end: {report?.Parts.Length ?? 0} parts are here. Ask again.";
    }

    public override StationRequest Complete(ChargePoint state) =>
        this with { Number = state.LastReport is > 0 and < int.MaxValue ? state.LastReport + 1 : 1 };

    /// <summary>
    /// Some chargers answer a CALLERROR for one key that they do not know (Grizzl-E, github.com/lbbrhzn/ocpp#899): asked
    /// one by one, the others are read, and the unknown one is found.
    /// </summary>
    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) =>
        answer is { State: RequestState.Failed, ErrorCode: not ("NotImplemented" or "SecurityError" or "unreadableAnswer") }
        && Keys.Length is > 1 and <= MostAlone
            ? [.. Keys.Distinct(StringComparer.OrdinalIgnoreCase).Select(key => new ReadConfiguration([key]))]
            : [];
}

/// <summary>The charger is asked to change one key of its configuration.</summary>
[DataContract]
public sealed record WriteConfiguration(
    [property: DataMember(Order = 1)] string Key,
    [property: DataMember(Order = 2)] string Value) : StationRequest
{
    public override string Verb => "set-configuration";

    public override string? WhyNot(ChargePoint state) => SecurityProfiles.WhyNot(state, SecurityProfiles.In(Key, Value));
}

/// <summary>The charger told how it is configured.</summary>
/// <param name="Items">At most <see cref="Configurations.Most"/>.</param>
/// <param name="Unknown">Keys that were asked for and that it does not know.</param>
[DataContract]
public sealed record ConfigurationRead(
    ImmutableArray<ConfigurationItem> Items,
    ImmutableArray<string> Unknown) : Outcome
{
    [DataMember(Order = 1)]
    public ImmutableArray<ConfigurationItem> Items { get => field.IsDefault ? [] : field; init; } = Items;

    [DataMember(Order = 2)]
    public ImmutableArray<string> Unknown { get => field.IsDefault ? [] : field; init; } = Unknown;
}

/// <summary>The charger took a value for a key.</summary>
/// <param name="RebootRequired">It holds from the next start on (OCPP 1.6, 5.3).</param>
[DataContract]
public sealed record ConfigurationWritten(
    [property: DataMember(Order = 1)] ConfigurationItem Item,
    [property: DataMember(Order = 2)] bool RebootRequired) : Outcome;

/// <summary>The charger has no such key.</summary>
[DataContract]
public sealed record ConfigurationUnknown([property: DataMember(Order = 1)] string Key) : Outcome;
