using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// The local list of a charger: which tokens it may let charge without asking (OCPP 1.6, 3.5.2). It is sent in parts
/// that the charger can take, each with a greater version than the one before; what it has accepted is what it holds.
/// </summary>
public static class LocalLists
{
    /// <summary>Tokens on one list: more than chargers can hold.</summary>
    public const int Most = 2000;

    /// <summary>
    /// Tokens in one message to a charger that does not say how many it takes.
    /// </summary>
    public const int MostAtOnce = 200;

    /// <summary>
    /// Why the list cannot be sent so; null when it can. OCPP 1.6, 9.2: what the charger says of its lists.
    /// </summary>
    internal static string? WhyNot(ChargePoint state, SendLocalList wish)
    {
        if (WhyNotNow(state) is { } busy) return busy;
        if (state.LocalList.Version == -1)
            return "The charger says that it has no local list (version -1). If that has changed, "
                + "get-local-list-version first.";
        if (state.Flag(ChargerLimit.LocalListEnabled) == false)
            return "The charger's local list is switched off: set-configuration "
                + $"{state.Item(ChargerLimit.LocalListEnabled)?.Key} to true first.";
        if (state.LocalList.LastVersion == int.MaxValue)
            return "The charger's list has the greatest version that there is: it must be cleared at the charger.";

        var target = Target(state, wish);
        var most = state.Number(ChargerLimit.LocalListTokens) is > 0 and { } told && told < Most ? told : Most;
        if (target.Length > most)
        {
            return most < Most
                ? $"The list has {target.Length} tokens, and the charger holds at most {most} "
                    + $"({state.Item(ChargerLimit.LocalListTokens)?.Key})."
                : $"The list has {target.Length} tokens, and no more than {Most} are sent to a charger.";
        }

        return wish.Update != ListUpdate.Full && wish.Entries.IsEmpty && state.LocalList.InStep
            && Difference(state.LocalList.Entries, target).IsEmpty
            && (wish.Follows ?? state.LocalList.Follows) == state.LocalList.Follows
            ? $"The charger holds this list already, as version {state.LocalList.Version}."
            : null;
    }

    /// <summary>One list at a time is brought to a charger: why none can be now; null when it can.</summary>
    internal static string? WhyNotNow(ChargePoint state) => state.Asked.Any(
        known => known.IsUnderWay && known.Request is SendLocalList or ReadLocalListVersion { Resend: true })
        ? "A local list is on its way to this charger already."
        : null;

    /// <summary>Why the list need not be sent anew, or cannot be now; null when it shall.</summary>
    internal static string? WhyNotAnew(ChargePoint state) => state.LocalList.InStep
        ? "The charger is believed to hold the list that it shall."
        : WhyNotNow(state);

    /// <summary>What is sent first, with the next version.</summary>
    internal static SendLocalList FirstPart(ChargePoint state, SendLocalList wish)
    {
        var target = Target(state, wish);
        if (wish.Update == ListUpdate.Full || (wish.Update == ListUpdate.Auto && !state.LocalList.InStep))
            return Full(state with { KnownList = state.LocalList with { Wanted = target } }, again: false);

        var changes = wish.Entries.IsEmpty ? Difference(state.LocalList.Entries, target) : wish.Entries;
        return Part(state, ListUpdate.Differential, changes, target, again: false);
    }

    /// <summary>What the charger shall hold, from its beginning.</summary>
    internal static SendLocalList Full(ChargePoint state, bool again) =>
        Part(state, ListUpdate.Full, state.LocalList.Wanted, state.LocalList.Wanted, again);

    /// <summary>What is still to be sent; null when the charger holds what it shall.</summary>
    internal static SendLocalList? NextPart(ChargePoint state, bool again) =>
        Difference(state.LocalList.Entries, state.LocalList.Wanted) is { IsEmpty: false } rest
            ? Part(state, ListUpdate.Differential, rest, [], again) with { Whole = [] }
            : null;

    internal static LocalList Apply(LocalList list, SendLocalList wish) => list with
    {
        // Until it has answered, nobody knows what it holds.
        InStep = false,
        LastVersion = Math.Max(list.LastVersion, wish.Version),
        Follows = wish.Follows ?? list.Follows,
        Wanted = !wish.Whole.IsEmpty ? wish.Whole
            : wish.Update == ListUpdate.Full ? wish.Entries
            : Merge(list.Wanted, wish.Entries),
    };

    /// <param name="byHand">
    /// It was no wish of ours that was accepted, but a raw call: what it made is what is wanted.
    /// </param>
    internal static LocalList Apply(LocalList list, LocalListAccepted accepted, bool byHand)
    {
        var entries = accepted.Full ? Merge([], accepted.Entries) : Merge(list.Entries, accepted.Entries);
        var wanted = byHand ? entries : list.Wanted;
        return new LocalList(
            accepted.Version,
            Math.Max(list.LastVersion, accepted.Version),
            Difference(entries, wanted).IsEmpty,
            entries,
            wanted,
            list.Follows);
    }

    internal static LocalList Apply(LocalList list, LocalListVersionRead read) => list with
    {
        Version = read.Version,
        LastVersion = Math.Max(list.LastVersion, read.Version),
        InStep = list.InStep && list.Version == read.Version,
        Entries = read.Version <= 0 ? [] : list.Entries, // the charger's own word for an empty list
    };

    private static ImmutableArray<LocalListEntry> Target(ChargePoint state, SendLocalList wish) =>
        wish.Update == ListUpdate.Differential && !wish.Entries.IsEmpty
            ? Merge(state.LocalList.Wanted, wish.Entries)
            : Merge([], wish.Whole);

    private static SendLocalList Part(
        ChargePoint state, ListUpdate update, ImmutableArray<LocalListEntry> entries,
        ImmutableArray<LocalListEntry> whole, bool again)
    {
        var fits = state.Number(ChargerLimit.LocalListTokensAtOnce) is > 0 and { } told && told < MostAtOnce
            ? told : MostAtOnce;
        // 0 and -1 mean something else (errata of 1.6, 3.52)
        var version = Math.Max(state.LocalList.LastVersion, 0) + 1;
        return entries.Length <= fits
            ? new SendLocalList(update, entries, [], version, again)
            : new SendLocalList(update, entries[..fits], whole, version, again);
    }

    private static ImmutableArray<LocalListEntry> Merge(
        ImmutableArray<LocalListEntry> list, ImmutableArray<LocalListEntry> changes)
    {
        var merged = list.Concat(changes)
            .GroupBy(entry => entry.Token, StringComparer.OrdinalIgnoreCase).Select(same => same.Last());
        return [.. merged.Where(entry => entry.Status is not null).Take(Most)];
    }

    private static ImmutableArray<LocalListEntry> Difference(
        ImmutableArray<LocalListEntry> from, ImmutableArray<LocalListEntry> to)
    {
        var there = from.ToHashSet();
        var wanted = to.Select(entry => entry.Token).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from.Where(entry => !wanted.Contains(entry.Token))
                .Select(entry => new LocalListEntry(entry.Token, null)),
            .. to.Where(entry => !there.Contains(entry)),
        ];
    }
}
