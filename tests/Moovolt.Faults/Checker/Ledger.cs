using System.Text.Json.Nodes;

namespace Moovolt.Faults.Checker;

/// <summary>The chargers' side of the story: what they sent, what they were told, and what they really charged.</summary>
internal sealed class Ledger
{
    private readonly IReadOnlyList<Message> _sent;

    private Ledger(IReadOnlyList<Message> sent)
    {
        (_sent, Sent) = (sent, sent.Select(message => message.Key).ToHashSet());
        Stations = sent.ToLookup(message => message.Protocol, message => message.Station);
    }

    /// <summary>What was answered with a CALLRESULT, each message once, however often it was sent.</summary>
    public required IReadOnlyList<Message> Acknowledged { get; init; }

    /// <summary>Station and business key of all that may have arrived, answered or not.</summary>
    public IReadOnlySet<string> Sent { get; }

    public required IReadOnlyList<Session> Sessions { get; init; }

    /// <summary>Transaction messages that were answered with a CALLERROR, each time that they were.</summary>
    public required IReadOnlyList<string> Refused { get; init; }

    /// <summary>What the server asked of chargers, each time that it did.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>Connections on which the server has answered.</summary>
    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>Who told something of transactions, by what they speak.</summary>
    public ILookup<string, string> Stations { get; }

    /// <param name="files">One for each fleet; their stations are different ones.</param>
    public static Ledger Read(params IEnumerable<string> files)
    {
        var refused = new List<string>();
        var calls = new List<Call>();
        var lines = new List<Line>();
        var acknowledged = new Dictionary<string, Message>();
        var sent = new Dictionary<string, Message>();
        var sessions = new List<Session>();
        foreach (var (file, line) in files.SelectMany((file, number) =>
            File.ReadLines(file).Select(line => (number, JsonNode.Parse(line)!)))) // each line is an object
        {
            switch (line["kind"]!.GetValue<string>())
            {
                case "message":
                    var message = Message.Of(line);
                    sent.TryAdd(message.Key, message);
                    var outcome = line["outcome"]!.GetValue<string>();
                    if (outcome == "ok") acknowledged.TryAdd(message.Key, message);
                    if (outcome.StartsWith("callerror", StringComparison.Ordinal))
                        refused.Add($"{message.Key}: {outcome}");
                    break;
                case "session":
                    sessions.Add(Session.Of(line));
                    break;
                case "call":
                    calls.Add(Call.Of(line, file));
                    break;
                case "line":
                    lines.Add(Line.Of(line, file));
                    break;
            }
        }

        // A session that was over before its start was answered learnt its number later, from a message of its own.
        var numbers = acknowledged.Values.GroupBy(message => message.Session)
            .ToDictionary(messages => messages.Key, messages => messages.First().Transaction);
        return new Ledger([.. sent.Values])
        {
            Acknowledged = [.. acknowledged.Values],
            Sessions =
            [
                .. sessions.Select(session =>
                    session with { Transaction = numbers.GetValueOrDefault(session.Key, session.Transaction) }),
            ],
            Refused = refused,
            Calls = calls,
            Lines = lines,
        };
    }

    /// <summary>The part of those chargers that spoke one version, in what they told of transactions.</summary>
    public Ledger Of(string protocol) => new([.. _sent.Where(message => message.Protocol == protocol)])
    {
        Acknowledged = [.. Acknowledged.Where(message => message.Protocol == protocol)],
        Sessions = [.. Sessions.Where(session => session.Protocol == protocol)],
        Refused = [],
        Calls = [],
        Lines = [],
    };

    /// <param name="Key">The same for each repeat of it, and for nothing else.</param>
    /// <param name="Session">Which session it is of.</param>
    /// <param name="Transaction"><c>charger/id</c>, as the charger was told, or as it says itself.</param>
    /// <param name="At">Of what it speaks, by the charger's clock.</param>
    /// <param name="Step">The charger's own number of it within the transaction; null where versions know none.</param>
    /// <param name="Kind"><c>Started</c>, <c>Updated</c> or <c>Ended</c>, with a number.</param>
    /// <param name="Wall">When the answer came.</param>
    /// <param name="Ahead">How far the charger's clock is ahead of the tester's.</param>
    internal sealed record Message(
        string Key, string Station, string Protocol, string Action, string Session, string Transaction, DateTimeOffset At,
        long MeterWh, int? Step, string? Kind, DateTimeOffset Wall, TimeSpan Ahead)
    {
        /// <summary>From its happening, whether there was a line or not, to its first acknowledgement.</summary>
        public TimeSpan Waited => Wall - Happened;

        /// <summary>When it happened, by the tester's clock.</summary>
        public DateTimeOffset Happened => At - Ahead;

        public static Message Of(JsonNode line) => new(
            $"{line["station"]}|{line["bizKey"]}",
            line["station"]!.GetValue<string>(),
            line["protocol"]!.GetValue<string>(),
            line["action"]!.GetValue<string>(),
            $"{line["station"]}|{line["session"]}",
            $"{line["station"]}/{line["transactionId"]}",
            DateTimeOffset.Parse(line["at"]!.GetValue<string>()),
            line["meterWh"]!.GetValue<long>(),
            line["seqNo"]?.GetValue<int>(),
            line["step"]?.GetValue<string>(),
            DateTimeOffset.Parse(line["wall"]!.GetValue<string>()),
            TimeSpan.FromMilliseconds(line["aheadMs"]?.GetValue<double>() ?? 0));
    }

    internal sealed record Session(
        string Key, string Station, string Protocol, string Transaction, bool Ended, DateTimeOffset StartedAt,
        long MeterStart, long MeterStop, string Token)
    {
        /// <summary>The key of the message that told one sample of it.</summary>
        public string SampleKey(DateTimeOffset at, string wattHours) =>
            $"{Station}|meter|{Itself}|{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}|{wattHours}";

        /// <summary>The key of the message that told one step of it.</summary>
        public string StepKey(long number) => $"{Station}|step|{Itself}|{number}";

        private string Itself => Key[(Station.Length + 1)..];

        public static Session Of(JsonNode line) => new(
            $"{line["station"]}|{line["session"]}",
            line["station"]!.GetValue<string>(),
            line["protocol"]!.GetValue<string>(),
            $"{line["station"]}/{line["transactionId"]}",
            line["state"]!.GetValue<string>() == "ended",
            DateTimeOffset.Parse(line["startedAt"]!.GetValue<string>()),
            line["meterStart"]!.GetValue<long>(),
            line["meterStop"]!.GetValue<long>(),
            line["idTag"]!.GetValue<string>());
    }

    /// <param name="Connection">Which of all that chargers of this name ever had.</param>
    /// <param name="Mark">What tells the command from all others, where it has room for that.</param>
    internal sealed record Call(
        string Station, string Connection, string Id, string Action, string? Mark, DateTimeOffset Wall)
    {
        public static Call Of(JsonNode line, int file) => new(
            line["station"]!.GetValue<string>(),
            $"{file}-{line["epoch"]}",
            line["msgId"]!.GetValue<string>(),
            line["action"]!.GetValue<string>(),
            line["mark"]?.GetValue<string>(),
            DateTimeOffset.Parse(line["wall"]!.GetValue<string>()));
    }

    /// <param name="Wall">When the server first answered on it.</param>
    internal sealed record Line(string Station, string Connection, DateTimeOffset Wall)
    {
        public static Line Of(JsonNode line, int file) => new(
            line["station"]!.GetValue<string>(),
            $"{file}-{line["epoch"]}",
            DateTimeOffset.Parse(line["wall"]!.GetValue<string>()));
    }
}
