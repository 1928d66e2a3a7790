using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

/// <summary>How a list of tokens is brought to a charger.</summary>
public enum ListUpdate
{
    /// <summary>Differential when the charger is believed to be in step, else full.</summary>
    Auto = 0,

    /// <summary>The list replaces what the charger has.</summary>
    Full = 1,

    /// <summary>Only what is new, other or gone is sent.</summary>
    Differential = 2,
}

/// <summary>Which changes of tokens are brought to a charger's list by itself.</summary>
public enum ListFollowing
{
    /// <summary>None: the list stays as it was sent.</summary>
    Nothing = 0,

    /// <summary>Of the tokens on it: one that is blocked, expires, changes its group or is gone.</summary>
    Named = 1,

    /// <summary>Of all that may charge: new ones are put on it, too, and those that may not any more are taken off.</summary>
    All = 2,
}

/// <summary>A token on a charger's local list (OCPP 1.6, 3.5.2).</summary>
/// <param name="Status">
/// What the charger shall think of it; null, in a differential update, takes it off the list.
/// </param>
[DataContract]
public sealed record LocalListEntry(
    [property: DataMember(Order = 1)] string Token,
    [property: DataMember(Order = 2)] AuthorizationStatus? Status,
    [property: DataMember(Order = 3)] DateTimeOffset? ExpiresAt = null,
    [property: DataMember(Order = 4)] string? Parent = null);

/// <summary>What is known of a charger's local list.</summary>
/// <param name="Version">
/// The version that it is believed to hold: 0 for none, -1 when it says that it has no list at all; null while nobody
/// knows.
/// </param>
/// <param name="LastVersion">The greatest version that was ever given out or heard of: the next one is greater.</param>
/// <param name="InStep">Whether it is believed to hold what it shall.</param>
/// <param name="Entries">What it has accepted, and nothing else.</param>
/// <param name="Wanted">What it shall hold.</param>
/// <param name="Follows">Whether it is kept in step with the tokens.</param>
[DataContract]
public sealed record LocalList(
    [property: DataMember(Order = 1)] int? Version,
    [property: DataMember(Order = 2)] int LastVersion,
    [property: DataMember(Order = 3)] bool InStep,
    ImmutableArray<LocalListEntry> Entries,
    ImmutableArray<LocalListEntry> Wanted,
    [property: DataMember(Order = 6)] ListFollowing Follows = ListFollowing.Nothing)
{
    public static readonly LocalList None = new(null, 0, false, [], []);

    [DataMember(Order = 4)]
    public ImmutableArray<LocalListEntry> Entries { get => field.IsDefault ? [] : field; init; } = Entries;

    [DataMember(Order = 5)]
    public ImmutableArray<LocalListEntry> Wanted { get => field.IsDefault ? [] : field; init; } = Wanted;
}

/// <summary>The charger is asked which version of its local list it holds (OCPP 1.6, 5.10).</summary>
/// <param name="Resend">Whether the list is then sent anew, in full.</param>
[DataContract]
public sealed record ReadLocalListVersion([property: DataMember(Order = 1)] bool Resend = false) : StationRequest
{
    public override string Verb => "get-local-list-version";

    public override string? WhyNot(ChargePoint state) => Resend ? LocalLists.WhyNotAnew(state) : null;

    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) =>
        Resend && answer.Outcome is LocalListVersionRead { Version: >= 0 } ? [LocalLists.Full(state, again: true)] : [];
}

/// <summary>
/// A list of tokens is sent to the charger (OCPP 1.6, 5.15). What asks gives the whole list, or the changes; the charge
/// point makes of it the first part that fits, with the next version, and sends the others when that one is accepted.
/// </summary>
/// <param name="Update">Full or Differential once it is written down.</param>
/// <param name="Entries">
/// What is sent; from whoever asks for a differential update: the changes, or nothing and the whole.
/// </param>
/// <param name="Whole">What the charger shall hold in the end, when the entries are only a part of that.</param>
/// <param name="Version">0 until the charge point has given it one.</param>
/// <param name="Again">Sent because a former one was not taken: it is not tried a third time.</param>
/// <param name="Follows">Whether the list is kept in step with the tokens from now on; null: as before.</param>
[DataContract]
public sealed record SendLocalList(
    [property: DataMember(Order = 1)] ListUpdate Update,
    ImmutableArray<LocalListEntry> Entries,
    ImmutableArray<LocalListEntry> Whole,
    [property: DataMember(Order = 4)] int Version = 0,
    [property: DataMember(Order = 5)] bool Again = false,
    [property: DataMember(Order = 6)] ListFollowing? Follows = null) : StationRequest
{
    [DataMember(Order = 2)]
    public ImmutableArray<LocalListEntry> Entries { get => field.IsDefault ? [] : field; init; } = Entries;

    [DataMember(Order = 3)]
    public ImmutableArray<LocalListEntry> Whole { get => field.IsDefault ? [] : field; init; } = Whole;

    public override string Verb => "send-local-list";

    public override string? WhyNot(ChargePoint state) => Version > 0 ? null : LocalLists.WhyNot(state, this);

    public override StationRequest Complete(ChargePoint state) => Version > 0
        ? this : LocalLists.FirstPart(state, this) with { Follows = Follows };

    /// <summary>
    /// The next part; or, when it was not taken, the version is read and all of it sent anew (OCPP 1.6, 5.15).
    /// </summary>
    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) =>
        answer.Outcome switch
    {
        LocalListAccepted when LocalLists.NextPart(state, Again) is { } next => [next],
        LocalListRefused refused when !Again && (refused.VersionMismatch || Update == ListUpdate.Differential) =>
            [new ReadLocalListVersion(Resend: true)],
        _ => [],
    };
}

/// <summary>
/// The charger said which version of its local list it holds: 0 for none, -1 when it can have none (OCPP 1.6, 5.10).
/// </summary>
[DataContract]
public sealed record LocalListVersionRead([property: DataMember(Order = 1)] int Version) : Outcome;

/// <summary>The charger took a list, or the changes of one.</summary>
/// <param name="Full">The entries are all that it holds now.</param>
[DataContract]
public sealed record LocalListAccepted(
    [property: DataMember(Order = 1)] int Version,
    [property: DataMember(Order = 2)] bool Full,
    ImmutableArray<LocalListEntry> Entries) : Outcome
{
    [DataMember(Order = 3)]
    public ImmutableArray<LocalListEntry> Entries { get => field.IsDefault ? [] : field; init; } = Entries;
}

/// <summary>The charger did not take a list: it holds another version, or could not store it.</summary>
[DataContract]
public sealed record LocalListRefused([property: DataMember(Order = 1)] bool VersionMismatch) : Outcome;
