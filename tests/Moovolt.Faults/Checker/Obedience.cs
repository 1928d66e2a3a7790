using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Checker;

/// <summary>
/// What operators asked of chargers, against what is shown of it and what chargers were really asked: no command is
/// forgotten, none done twice, none that was done said not to be, and none sent where the charger is not any more.
/// </summary>
internal static class Obedience
{
    /// <summary>After the server first spoke on a newer connection, what was sent before may still come.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(2);

    /// <summary>The commands that the server never gives of its own accord, by what chargers call them.</summary>
    private static readonly Dictionary<string, string> Unmarked = new()
    {
        ["unlock"] = "UnlockConnector", ["change-availability"] = "ChangeAvailability",
    };

    /// <returns>What is not as it must be, in sentences.</returns>
    public static IEnumerable<string> Breaches(
        Ledger ledger, IReadOnlyCollection<GivenCommand> given, IReadOnlyList<StoredCommand> stored) =>
    [
        .. Twice(ledger),
        .. Stale(ledger),
        .. Forgotten(given, stored),
        .. Untrue(ledger, given, stored),
        .. Uncounted(ledger, stored),
    ];

    private static IEnumerable<string> Twice(Ledger ledger) =>
    [
        .. from call in ledger.Calls
           group call by (call.Station, call.Id) into same
           where same.Count() > 1
           select $"{same.Key.Station} was sent call {same.Key.Id} {same.Count()} times.",
        .. from call in ledger.Calls
           where call.Mark is not null
           group call by call.Mark into same
           where same.Count() > 1
           select $"Command {same.Key} was done {same.Count()} times.",
    ];

    // A connection is the charger's newest as soon as the server has answered on it: it knows the charger by it then.
    private static IEnumerable<string> Stale(Ledger ledger)
    {
        var lines = ledger.Lines.ToLookup(line => line.Station);
        return
            from call in ledger.Calls
            let own = lines[call.Station].FirstOrDefault(line => line.Connection == call.Connection)
            where own is not null
            let newest = lines[call.Station].Where(line => line.Wall < call.Wall - OnItsWay).MaxBy(line => line.Wall)
            where newest is not null && newest.Wall > own.Wall
            select $"{call.Station} was sent {call.Action} on {call.Connection}, and is on {newest.Connection}.";
    }

    private static IEnumerable<string> Forgotten(
        IReadOnlyCollection<GivenCommand> given, IReadOnlyList<StoredCommand> stored)
    {
        var known = stored.ToDictionary(command => command.Id);
        return
        [
            .. from command in given
               where command.Id is not null && !known.ContainsKey(command.Id)
               select $"Command {command.Id} to {command.Station} was taken, and is not shown.",
            .. from command in stored
               where !command.IsOver
               select $"Command {command.Id} to {command.Station} is {command.State} for ever.",
        ];
    }

    private static IEnumerable<string> Untrue(
        Ledger ledger, IReadOnlyCollection<GivenCommand> given, IReadOnlyList<StoredCommand> stored)
    {
        var done = ledger.Calls.Where(call => call.Mark is not null).Select(call => call.Mark!).ToHashSet();
        var byMark = stored.Where(command => command.Mark is not null).ToLookup(command => command.Mark!);
        return
        [
            .. from command in stored
               where command.Mark is not null && !command.IsUnknown && command.IsOver
                   && command.IsAnswered != done.Contains(command.Mark)
               select $"Command {command.Mark} is {command.State}, and {command.Station} "
                   + (command.IsAnswered ? "never heard of it." : "has done it."),
            .. from command in given
               where command is { Mark: not null, Id: null, Unclear: false }
                   && (byMark.Contains(command.Mark) || done.Contains(command.Mark))
               select $"Command {command.Mark} to {command.Station} was refused, and given all the same.",
            .. from mark in byMark
               where mark.Count() > 1
               select $"Command {mark.Key} was given once, and is there {mark.Count()} times.",
            .. from mark in done
               where !byMark.Contains(mark)
               select $"Command {mark} was done, and nothing is known of it.",
        ];
    }

    private static IEnumerable<string> Uncounted(Ledger ledger, IReadOnlyList<StoredCommand> stored) =>
        from kind in Unmarked
        let heard = ledger.Calls.Where(call => call.Action == kind.Value).ToLookup(call => call.Station)
        from station in stored.Where(command => command.Verb == kind.Key).Select(command => command.Station)
            .Union(heard.Select(calls => calls.Key))
        let mine = stored.Where(command => command.Verb == kind.Key && command.Station == station).ToList()
        let least = mine.Count(command => command.IsAnswered)
        let most = least + mine.Count(command => command.IsUnknown)
        let times = heard[station].Count()
        where times < least || times > most
        select $"{station} was sent {kind.Value} {times} times, and it should have been {least} to {most} times.";
}
