using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>One key of a charger's configuration. Made with <see cref="Of"/>, which keeps secrets and floods out.</summary>
/// <param name="Key">In the charger's own case; compared without case, since no two chargers agree on it.</param>
/// <param name="Value">Null when the charger gave none, and always for a secret.</param>
/// <param name="Readonly">The charger says that it cannot be changed.</param>
/// <param name="Truncated">True when the charger's value was longer than what is kept.</param>
/// <param name="Limit">What it limits, by our own name; null when it limits nothing that we heed.</param>
[DataContract]
public sealed record ConfigurationItem(
    [property: DataMember(Order = 1)] string Key,
    [property: DataMember(Order = 2)] string? Value,
    [property: DataMember(Order = 3)] bool Readonly,
    [property: DataMember(Order = 4)] bool Truncated = false,
    [property: DataMember(Order = 60)] ChargerLimit? Limit = null)
{
    /// <summary>Characters: OCPP 1.6, 7.29 has 50; some vendors take more.</summary>
    public const int LongestKey = 100;

    /// <summary>Characters: OCPP 1.6, 7.29 has 500; some vendors take more.</summary>
    public const int LongestValue = 2048;

    public static ConfigurationItem Of(
        string key, string? value, bool isReadonly = false, ChargerLimit? limit = null) => new(
        Cut(key, LongestKey),
        value is null || SecretKeys.Has(key) ? null : Cut(value, LongestValue),
        isReadonly,
        value?.Length > LongestValue && !SecretKeys.Has(key),
        limit);

    // Not between the halves of a surrogate pair: half of one is no character.
    private static string Cut(string text, int length) => text.Length <= length
        ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

/// <summary>The charger is asked how it is configured.</summary>
/// <param name="Keys">Which keys; empty for all.</param>
/// <param name="Number">By which a charger says that what it tells answers this; 0 until the charge point has given it one.</param>
/// <param name="Rest">Keys that are asked for when these are answered: the charger takes no more at once.</param>
[DataContract]
public sealed record ReadConfiguration(
    ImmutableArray<string> Keys,
    [property: DataMember(Order = 2)] int Number = 0,
    ImmutableArray<string> Rest = default) : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>As many keys are asked for one by one, when the charger cannot be asked for them together.</summary>
    private const int MostAlone = 20;

    [DataMember(Order = 1)]
    public ImmutableArray<string> Keys { get => field.IsDefault ? [] : field; init; } = Keys;

    [DataMember(Order = 60)]
    public ImmutableArray<string> Rest { get => field.IsDefault ? [] : field; init; } = Rest;

    public override string Verb => "get-configuration";

    public override string? WhyNot(ChargePoint state) => Keys.Length > Configurations.Most
        ? $"At most {Configurations.Most} keys are asked for by name; or all of them, by naming none."
        : null;

    public override TimeSpan? EffectWithin(Outcome? outcome) => outcome is ReportComing ? Within : null;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is ModelReported e && e.Number == Number;

    public override string? FailedIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is ModelReportBrokeOff e && e.Number == Number ? e.Why : null;

    public override string WhyNoEffect(ChargePoint state) => Reports.WhyNotCome(state, Number);

    /// <summary>As many keys as the charger takes at once (OCPP 1.6, 9.1.8; OCPP 2.0.1, B06.FR.05); the rest follows.</summary>
    public override StationRequest Complete(ChargePoint state)
    {
        var fit = Batches.Fit(
            Keys, key => key, state.Number(ChargerLimit.KeysReadAtOnce), state.Number(ChargerLimit.BytesOfReading));
        return this with
        {
            Number = Reports.NextNumber(state), Keys = Keys[..fit], Rest = [.. Keys[fit..], .. Rest],
        };
    }

    /// <summary>
    /// The rest of the keys. Some chargers answer a CALLERROR for one key that they do not know (Grizzl-E, github.com/lbbrhzn/ocpp#899): asked
    /// one by one, the others are read, and the unknown one is found.
    /// </summary>
    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer)
    {
        if (answer is not { State: RequestState.Accepted or RequestState.Failed }
            || answer.ErrorCode is "NotImplemented" or "SecurityError" or "unreadableAnswer") return [];
        var alone = answer.State == RequestState.Failed && Keys.Length is > 1 and <= MostAlone
            ? Keys.Distinct(StringComparer.OrdinalIgnoreCase).Select(key => new ReadConfiguration([key])) : [];
        return Rest.IsEmpty ? [.. alone] : [.. alone, new ReadConfiguration(Rest)];
    }
}

/// <summary>A key and the value that it shall have.</summary>
[DataContract]
public sealed record KeySetting(
    [property: DataMember(Order = 1)] string Key,
    [property: DataMember(Order = 2)] string Value);

/// <summary>The charger is asked to change keys of its configuration: one, and more if it takes them together.</summary>
/// <param name="SecurityProfile">The security profile that it would move the charger to; null when it would not.</param>
/// <param name="More">Further keys in the same message.</param>
/// <param name="Rest">Keys that are set when these are answered: the charger takes no more at once.</param>
[DataContract]
public sealed record WriteConfiguration(
    [property: DataMember(Order = 1)] string Key,
    [property: DataMember(Order = 2)] string Value,
    [property: DataMember(Order = 60)] int? SecurityProfile = null,
    ImmutableArray<KeySetting> More = default,
    ImmutableArray<KeySetting> Rest = default) : StationRequest
{
    [DataMember(Order = 61)]
    public ImmutableArray<KeySetting> More { get => field.IsDefault ? [] : field; init; } = More;

    [DataMember(Order = 62)]
    public ImmutableArray<KeySetting> Rest { get => field.IsDefault ? [] : field; init; } = Rest;

    public override string Verb => "set-configuration";

    /// <summary>Every key of the message.</summary>
    public ImmutableArray<KeySetting> All() => [new(Key, Value), .. More];

    public override string? WhyNot(ChargePoint state) => SecurityProfiles.WhyNot(state, SecurityProfile);

    /// <summary>As many as the charger says that it takes at once (OCPP 2.0.1, B05.FR.11), else one; the rest follows.</summary>
    public override StationRequest Complete(ChargePoint state)
    {
        var all = All();
        var fit = Batches.Fit(
            all,
            setting => setting.Key + setting.Value,
            state.Number(ChargerLimit.KeysWrittenAtOnce) is > 0 and { } most ? most : 1,
            state.Number(ChargerLimit.BytesOfWriting));
        return this with { More = all[1..fit], Rest = [.. all[fit..], .. Rest] };
    }

    /// <summary>The rest, whatever became of the first ones: each key is a wish of its own.</summary>
    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) =>
        Rest is [var first, .. var others] && answer.State is RequestState.Accepted or RequestState.Rejected
            ? [new WriteConfiguration(first.Key, first.Value, SecurityProfile, [.. others])]
            : [];
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

/// <summary>The charger took a value for a key, or for several.</summary>
/// <param name="RebootRequired">It holds from the next start on (OCPP 1.6, 5.3).</param>
/// <param name="More">Further keys that it took in the same message.</param>
[DataContract]
public sealed record ConfigurationWritten(
    [property: DataMember(Order = 1)] ConfigurationItem Item,
    [property: DataMember(Order = 2)] bool RebootRequired,
    ImmutableArray<ConfigurationItem> More = default) : Outcome
{
    [DataMember(Order = 60)]
    public ImmutableArray<ConfigurationItem> More { get => field.IsDefault ? [] : field; init; } = More;

    /// <summary>All that it took.</summary>
    public IEnumerable<ConfigurationItem> All() => [Item, .. More];
}

/// <summary>The charger has no such key.</summary>
[DataContract]
public sealed record ConfigurationUnknown([property: DataMember(Order = 1)] string Key) : Outcome;
