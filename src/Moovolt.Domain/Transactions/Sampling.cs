using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

using Decision = Decision<TransactionEvent>;

/// <summary>What samples come to: kept once each, whatever they say; what they show besides is said once.</summary>
internal static class Sampling
{
    public static Decision Record(Transaction.Running state, RecordSamples c) => Record(state.Meter, c, news =>
        About(c, news, state.Began, state.Said)
            .Concat(WithoutAuthorization(state, c, news)));

    public static Decision Record(Transaction.Ended state, RecordSamples c) => Record(state.Meter, c, news =>
        About(c, news, state.Began, state.Said)
            .Concat(state.IsProvisional ? Ending.Revise(state, c, news) : AfterTheStop(state, c, news)));

    public static Decision Record(
        MeterSeen meter, RecordSamples c, Func<ImmutableArray<Sample>, IEnumerable<TransactionEvent>> besides)
    {
        if (meter.News(c.Samples, c.Frame) is not { } news) return new(new Reply.Repeated());
        return new(
            new Reply.Accepted(),
            [
                new SamplesRecorded(c.Id, news, c.ArrivedAt, c.Frame),
                .. Transaction.Suspicions(c.Id, c.Oddities, c.ArrivedAt),
                .. besides(news),
            ]);
    }

    private static IEnumerable<TransactionEvent> About(
        RecordSamples c, ImmutableArray<Sample> news, TransactionBegan began, ImmutableHashSet<string> said)
    {
        const string Localised = "localised-number";
        const string Elsewhere = "samples-of-other-connector";
        if (!said.Contains(Localised)
            && news.Select(sample => sample.Localised()).FirstOrDefault(text => text is not null) is { } text)
        {
            yield return new SuspicionRaised(
                c.Id, new Oddity(Localised,
                    $"The charger writes numbers like '{text}'; they are read as they are meant."), c.ArrivedAt);
        }

        if (!said.Contains(Elsewhere) && !c.Connector.Meets(began.Connector) && c.Connector != ConnectorId.ChargePoint)
        {
            yield return new SuspicionRaised(
                c.Id,
                new Oddity(Elsewhere,
                    $"Samples came from connector {c.Connector} under this transaction of {began.Connector}."),
                c.ArrivedAt);
        }
    }

    private static IEnumerable<TransactionEvent> WithoutAuthorization(
        Transaction.Running state, RecordSamples c, ImmutableArray<Sample> news)
    {
        if (state.Said.Contains(Ending.EnergyWithoutAuthorization)
            || state.Began.Verdict.Status == AuthorizationStatus.Accepted)
            yield break;

        var registers = state.Meter.With(news, c.ArrivedAt).Registers;
        if (registers.IsEmpty) yield break;
        var from = state.Began.MeterStart ?? registers.Min(seen => seen.Register);
        if (registers.Max(seen => seen.Register) > from)
            yield return Ending.FlowedAnyway(state.Began, c.ArrivedAt);
    }

    private static IEnumerable<TransactionEvent> AfterTheStop(
        Transaction.Ended state, RecordSamples c, ImmutableArray<Sample> news)
    {
        const string Code = "samples-after-stop";
        var late = news.FirstOrDefault(sample => sample.At > state.End.At || sample.Register() > state.End.MeterStop);
        if (late is not null && !state.Said.Contains(Code))
        {
            yield return new SuspicionRaised(
                c.Id,
                new Oddity(Code,
                    $"A sample of {late.Register()?.ToString() ?? "no register"} came after the stop; it is kept and "
                        + "not counted."),
                c.ArrivedAt);
        }
    }
}
