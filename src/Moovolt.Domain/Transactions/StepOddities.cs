using System.Collections.Immutable;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

/// <summary>
/// What is odd about a transaction that is told in steps: it follows from what was told so far, whatever the order. So
/// what a later step explains is settled again.
/// </summary>
internal static class StepOddities
{
    /// <param name="Gaps">What is missing, all of it: a sentence has room for the first.</param>
    private readonly record struct Odd(Oddity Oddity, bool Holds, string? Gaps = null);

    /// <summary>From what was odd before to what is odd now.</summary>
    public static IEnumerable<TransactionEvent> Changes(
        TransactionId id, Transaction before, Transaction after, DateTimeOffset at)
    {
        ImmutableArray<Odd> was = [.. Of(before)];
        ImmutableArray<Odd> now = [.. Of(after)];
        var held = now.Any(odd => odd.Holds);
        foreach (var code in was.Except(now).Select(odd => odd.Oddity.Code).Distinct())
            yield return new SuspicionSettled(id, code, held, at);
        foreach (var odd in now.Except(was))
            yield return new SuspicionRaised(
                id, odd.Oddity, at, odd.Holds, odd.Gaps is null ? [] : after.Told.Gaps());
    }

    private static IEnumerable<Odd> Of(Transaction state)
    {
        if (state.BeganSoFar is not { } began) yield break;
        foreach (var oddity in Beginning.Oddities(began)) yield return new Odd(oddity, false);
        if (state.Told.Gaps() is { IsEmpty: false } gaps)
        {
            yield return new Odd(
                new Oddity(
                    StepsTold.Missing,
                    $"The charger numbers what it tells, and this has not come: {StepsTold.InWords(gaps)}."),
                Holds: false,
                string.Join(',', gaps));
        }

        if (state is not Transaction.Ended ended)
        {
            if (HasFlowed(began, state.MeterSoFar)) yield return Flowed(began);
            yield break;
        }

        if (OfEnergy(ended) is { } odd) yield return odd;
        if (!ended.IsProvisional && ended.End.At < began.At)
            yield return new Odd(Ending.BeforeItsStart(began, ended.End.At), true);
        if (began.Verdict.Status != AuthorizationStatus.Accepted && ended.End.Delivered > new Energy(0))
            yield return Flowed(began);
    }

    private static Odd? OfEnergy(Transaction.Ended ended)
    {
        var stop = ended.IsProvisional ? null : ended.End.MeterStop;
        var reckoned = Reckoning.Of(ended.Began, ended.Meter, stop, ended.End.At, ended.End.ArrivedAt);
        return reckoned.Oddity is { } odd && !(ended.IsProvisional && Ending.GoesWithoutSaying(odd))
            ? new Odd(odd, reckoned.IsDoubtful && !ended.IsProvisional)
            : null;
    }

    private static bool HasFlowed(TransactionBegan began, MeterSeen meter)
    {
        if (began.Verdict.Status == AuthorizationStatus.Accepted || meter.Registers.IsEmpty) return false;
        var from = began.MeterStart ?? meter.Registers.Min(seen => seen.Register);
        return meter.Registers.Max(seen => seen.Register) > from;
    }

    private static Odd Flowed(TransactionBegan began) => new(Ending.FlowedAnyway(began, began.ArrivedAt).Oddity, true);
}
