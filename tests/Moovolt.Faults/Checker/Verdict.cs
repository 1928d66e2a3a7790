using System.Text.Json.Nodes;

namespace Moovolt.Faults.Checker;

/// <summary>
/// The ledger of the chargers against what is stored and against what people are shown. Everything acknowledged is
/// there (lost), once (doubled), to the watt-hour (wrong energy), and nothing is there that nobody sent (phantom).
/// </summary>
internal sealed class Verdict
{
    public List<string> Lost { get; } = [];

    public List<string> Doubled { get; } = [];

    public List<string> WrongEnergy { get; } = [];

    public List<string> Phantoms { get; } = [];

    /// <summary>CALLERRORs to what must always be taken, sequences with gaps, epochs out of order.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>What the sessions that are over came to, by the chargers' own meters and as it is stored.</summary>
    public (long Truth, long Stored) WattHours { get; private set; }

    public bool IsGood => Lost.Count + Doubled.Count + WrongEnergy.Count + Phantoms.Count + Wrong.Count == 0;

    /// <param name="ledger">What the chargers say.</param>
    /// <param name="stored">What the journal says, by transaction.</param>
    /// <param name="shown">What the API says, all transactions of it.</param>
    public static Verdict Of(
        Ledger ledger, IReadOnlyDictionary<string, StoredTransaction> stored, IReadOnlyList<JsonNode> shown)
    {
        var verdict = new Verdict();
        foreach (var message in ledger.Acknowledged) verdict.IsKept(message, stored.GetValueOrDefault(message.Transaction));
        foreach (var transaction in stored.Values) verdict.IsNoMoreThanWasSent(transaction, ledger);
        verdict.Wrong.AddRange(ledger.Refused);
        verdict.Wrong.AddRange(stored.Values.SelectMany(transaction => transaction.Gaps));
        var byId = shown.ToLookup(transaction => transaction["id"]!.GetValue<string>());
        foreach (var session in ledger.Sessions.Where(session => session.Ended)) verdict.IsExact(session, stored, byId);
        verdict.ShownIsStored(stored, byId);
        return verdict;
    }

    public override string ToString()
    {
        static string Some(string what, List<string> which) =>
            $"{which.Count} {what}{string.Concat(which.Take(5).Select(each => $"\n    {each}"))}";

        return $"{WattHours.Stored} of {WattHours.Truth} Wh, " + string.Join(
            ", ", Some("lost", Lost), Some("doubled", Doubled), Some("wrong in Wh", WrongEnergy), Some("phantoms", Phantoms),
            Some("otherwise wrong", Wrong));
    }

    /// <summary>The tables by themselves: as many transactions as are stored, and as many watt-hours.</summary>
    public void SumsAre(ShownSums sums, IReadOnlyDictionary<string, StoredTransaction> stored)
    {
        if (sums.Transactions != stored.Count)
            Wrong.Add($"The tables have {sums.Transactions} transactions, the journal {stored.Count}.");
        var wattHours = stored.Values.Sum(transaction => transaction.Stops.Sum(stop => stop.Delivered));
        if (sums.WattHours != wattHours)
            WrongEnergy.Add($"The tables have {sums.WattHours} Wh, the journal {wattHours}.");
    }

    /// <summary>The tables, transaction by transaction: over when it is over, and with its watt-hours.</summary>
    public void TablesAre(
        IReadOnlyList<ShownTransaction> shown, IReadOnlyDictionary<string, StoredTransaction> stored)
    {
        var byId = shown.ToDictionary(transaction => transaction.Id);
        foreach (var transaction in stored.Values)
        {
            if (!byId.Remove(transaction.Id, out var row))
            {
                Lost.Add($"{transaction.Id}: stored, and not in the tables.");
                continue;
            }

            var (isOver, delivered) = (transaction.Stops.Count > 0, transaction.Stops.Sum(stop => stop.Delivered));
            var begins = transaction.Starts is [var start, ..] ? start.MeterStart : row.MeterStart;
            if (row.IsOver != isOver || row.MeterStart != begins || (isOver && row.Delivered != delivered))
                WrongEnergy.Add($"{transaction.Id}: {row}; {transaction.Stops.Count} ends, {delivered} Wh stored.");
        }

        Phantoms.AddRange(byId.Keys.Select(id => $"{id}: in the tables, and not stored."));
    }

    private void IsKept(Ledger.Message message, StoredTransaction? transaction)
    {
        var times = message.Action switch
        {
            // A step is its number, and it is the beginning or the end of its transaction too, once.
            "TransactionEvent" => transaction is null ? 0 : Math.Max(
                transaction.Steps.Count(step => step.Number == message.Step),
                message.Kind switch { "Started" => transaction.Starts.Count, "Ended" => transaction.Stops.Count, _ => 0 }),
            "StartTransaction" => transaction?.Starts.Count ?? 0,
            "StopTransaction" => transaction?.Stops.Count ?? 0,
            "MeterValues" => transaction?.Samples.Count(sample =>
                sample.At == message.At && sample.Values.Contains($"{message.MeterWh}")) ?? 0,
            _ => throw new InvalidDataException($"The ledger has a {message.Action}."),
        };
        if (times == 0) Lost.Add($"{message.Transaction} {message.Key}");
        if (times > 1) Doubled.Add($"{times} times {message.Transaction} {message.Key}");
        if (times == 1 && message.Step is not null && !transaction!.Steps.Exists(step => Says(step, message)))
            Lost.Add($"{message.Transaction} {message.Key}: stored, and not as it was told.");
    }

    private static bool Says(StoredTransaction.Step stored, Ledger.Message told) =>
        (stored.Number, stored.Kind, stored.At) == (told.Step, told.Kind, told.At)
        && stored.Samples.Any(sample => sample.At == told.At && sample.Values.Contains($"{told.MeterWh}"));

    private void IsNoMoreThanWasSent(StoredTransaction transaction, Ledger ledger)
    {
        var session = ledger.Sessions.FirstOrDefault(session =>
            session.Station == transaction.Station
            && transaction.Starts.Exists(start => start.MeterStart == session.MeterStart && start.At == session.StartedAt));
        if (session is null)
        {
            Phantoms.Add($"{transaction.Id}: no charger began it.");
            return;
        }

        if (session.Transaction != transaction.Id) Doubled.Add($"{transaction.Id}: the session is {session.Transaction} already.");
        Phantoms.AddRange(
            from sample in transaction.Samples
            where !ledger.Sent.Contains(session.SampleKey(sample.At, sample.Values[0]))
            select $"{transaction.Id}: nobody sent {sample.Values[0]} at {sample.At:O}.");
        Phantoms.AddRange(
            from step in transaction.Steps
            where !ledger.Sent.Contains(session.StepKey(step.Number))
            select $"{transaction.Id}: nobody told step {step.Number}.");
    }

    private void IsExact(
        Ledger.Session session, IReadOnlyDictionary<string, StoredTransaction> stored, ILookup<string, JsonNode> shown)
    {
        var truth = session.MeterStop - session.MeterStart;
        var delivered = stored.GetValueOrDefault(session.Transaction)?.Stops.Sum(stop => stop.Delivered);
        WattHours = (WattHours.Truth + truth, WattHours.Stored + (delivered ?? 0));
        if (delivered != truth) WrongEnergy.Add($"{session.Transaction}: {truth} Wh, stored {delivered}");
        var seen = shown[session.Transaction].Sum(transaction => transaction["deliveredWh"]?.GetValue<long>() ?? 0);
        if (seen != truth) WrongEnergy.Add($"{session.Transaction}: {truth} Wh, shown {seen}");
    }

    private void ShownIsStored(IReadOnlyDictionary<string, StoredTransaction> stored, ILookup<string, JsonNode> shown)
    {
        Lost.AddRange(stored.Keys.Where(id => !shown.Contains(id)).Select(id => $"{id}: stored and not shown"));
        Doubled.AddRange(shown.Where(each => each.Count() > 1).Select(each => $"{each.Key}: shown {each.Count()} times"));
        Phantoms.AddRange(shown.Where(each => !stored.ContainsKey(each.Key)).Select(each => $"{each.Key}: shown and not stored"));
    }
}
