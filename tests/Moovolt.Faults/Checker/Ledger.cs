using System.Text.Json.Nodes;

namespace Moovolt.Faults.Checker;

/// <summary>The chargers' side of the story: what they sent, what they were told, and what they really charged.</summary>
internal sealed class Ledger
{
    private Ledger(IReadOnlyList<Message> acknowledged, IReadOnlySet<string> sent, IReadOnlyList<Session> sessions) =>
        (Acknowledged, Sent, Sessions) = (acknowledged, sent, sessions);

    /// <summary>What was answered with a CALLRESULT, each message once, however often it was sent.</summary>
    public IReadOnlyList<Message> Acknowledged { get; }

    /// <summary>Station and business key of all that may have arrived, answered or not.</summary>
    public IReadOnlySet<string> Sent { get; }

    public IReadOnlyList<Session> Sessions { get; }

    public static Ledger Read(string file)
    {
        var acknowledged = new Dictionary<string, Message>();
        var sent = new HashSet<string>();
        var sessions = new List<Session>();
        foreach (var line in File.ReadLines(file).Select(line => JsonNode.Parse(line)!))
        {
            switch (line["kind"]!.GetValue<string>())
            {
                case "message":
                    var message = Message.Of(line);
                    sent.Add(message.Key);
                    if (line["outcome"]!.GetValue<string>() == "ok") acknowledged.TryAdd(message.Key, message);
                    break;
                case "session":
                    sessions.Add(Session.Of(line));
                    break;
            }
        }

        // A session that was over before its start was answered learnt its number later, from a message of its own.
        var numbers = acknowledged.Values.GroupBy(message => message.Session)
            .ToDictionary(messages => messages.Key, messages => messages.First().Transaction);
        return new Ledger(
            [.. acknowledged.Values],
            sent,
            [.. sessions.Select(session => session with { Transaction = numbers.GetValueOrDefault(session.Key, session.Transaction) })]);
    }

    /// <param name="Key">The same for each repeat of it, and for nothing else.</param>
    /// <param name="Session">Which session it is of.</param>
    /// <param name="Transaction"><c>charger/number</c>, as the charger was told.</param>
    /// <param name="Wall">When the answer came.</param>
    internal sealed record Message(
        string Key, string Action, string Session, string Transaction, long MeterWh, DateTimeOffset Wall, double WaitedMs)
    {
        /// <summary>The charger's clock in a <c>meter|session|timestamp|Wh</c>.</summary>
        public DateTimeOffset SampledAt => DateTimeOffset.Parse(Key.Split('|')[^2]);

        public static Message Of(JsonNode line) => new(
            $"{line["station"]}|{line["bizKey"]}",
            line["action"]!.GetValue<string>(),
            $"{line["station"]}|{line["session"]}",
            $"{line["station"]}/{line["transactionId"]}",
            line["meterWh"]!.GetValue<long>(),
            DateTimeOffset.Parse(line["wall"]!.GetValue<string>()),
            line["waitedMs"]?.GetValue<double>() ?? 0);
    }

    internal sealed record Session(
        string Key, string Station, string Transaction, string Token, bool Ended, DateTimeOffset StartedAt, long MeterStart, long MeterStop)
    {
        /// <summary>The key of the message that told one sample of it.</summary>
        public string SampleKey(DateTimeOffset at, string wattHours) =>
            $"{Station}|meter|{Key[(Station.Length + 1)..]}|{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}|{wattHours}";

        public static Session Of(JsonNode line) => new(
            $"{line["station"]}|{line["session"]}",
            line["station"]!.GetValue<string>(),
            $"{line["station"]}/{line["transactionId"]}",
            line["idTag"]!.GetValue<string>(),
            line["state"]!.GetValue<string>() == "ended",
            DateTimeOffset.Parse(line["startedAt"]!.GetValue<string>()),
            line["meterStart"]!.GetValue<long>(),
            line["meterStop"]!.GetValue<long>());
    }
}
