namespace Moovolt.Ocpp.Schemas;

// What the official schemas say of a member beyond its type: declared where the member is, read once at start.

/// <summary>A rule that not all versions have that share the record.</summary>
public abstract class VersionedRuleAttribute : Attribute
{
    /// <summary>The first version that has it.</summary>
    public OcppVersion Since { get; init; } = OcppVersion.V16;

    /// <summary>The last version that has it.</summary>
    public OcppVersion Until { get; init; } = OcppVersion.V21;

    public bool HoldsIn(OcppVersion version) => version >= Since && version <= Until;
}

/// <summary>
/// Only versions from this one on have the member at all: to others it is one that nobody knows, and is never sent.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SinceAttribute(OcppVersion version) : Attribute
{
    public OcppVersion Version { get; } = version;
}

/// <summary>No longer than this many characters. Of several the one of the latest version counts.</summary>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class MaxLengthAttribute(int length) : VersionedRuleAttribute
{
    public int Length { get; } = length;
}

/// <summary>One of these words, or of those of another such rule.</summary>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class OneOfAttribute(params string[] words) : VersionedRuleAttribute
{
    public IReadOnlyList<string> Words { get; } = words;

    /// <summary>
    /// Words that no standard has and that chargers in the field say all the same: taken from them, not sent to them.
    /// </summary>
    public string[] Seen { get; init; } = [];
}

/// <summary>
/// The standard requires it, though the record can do without: for messages that are taken as far as they can be read.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RequiredAttribute : VersionedRuleAttribute;

/// <summary>A whole number, where later versions allow any.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class WholeAttribute : VersionedRuleAttribute;

/// <summary>An absolute URI (the schemas' format "uri").</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class UriAttribute : Attribute;

/// <summary>At least this many items.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MinItemsAttribute(int items) : Attribute
{
    public int Items { get; } = items;
}

/// <summary>At most this many items.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MaxItemsAttribute(int items) : VersionedRuleAttribute
{
    public int Items { get; } = items;
}

/// <summary>No more than this many items are sent. No rule of the schemas, but of what is kept.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MostSentAttribute(int items) : Attribute
{
    public int Items { get; } = items;
}

/// <summary>
/// No less than this, nor is any item of a list (the schemas' minimum). Where what can be read is taken, the number is
/// taken all the same.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AtLeastAttribute(long least) : VersionedRuleAttribute
{
    public long Least { get; } = least;
}

/// <summary>No more than this (the schemas' maximum); as <see cref="AtLeastAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AtMostAttribute(long most) : VersionedRuleAttribute
{
    public long Most { get; } = most;
}

/// <summary>A decimal number with no more than this many decimals (the schemas write it as multipleOf).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DecimalsAttribute(int decimals) : Attribute
{
    public int Decimals { get; } = decimals;
}

/// <summary>
/// A smaller number makes no sense and is not used. No rule of the version's schema, but of what the number means.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SenselessBelowAttribute(long least) : Attribute
{
    public long Least { get; } = least;

    /// <summary>From a charger a smaller number is counted, and taken as it comes; it is never sent to one.</summary>
    public bool IsTaken { get; init; }
}

/// <summary>
/// From a charger, the value is taken as it comes and not objected to: a text that is longer than allowed, another word
/// than the listed ones, a number instead, a number out of its range. For what is only kept and shown, where an
/// objection would help nobody.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AsItComesAttribute : Attribute;
