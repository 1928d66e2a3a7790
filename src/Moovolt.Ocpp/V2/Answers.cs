using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp.V2;

/// <summary>Exchanges that mean nothing more to us than that they were had: kept, and judged by their own words.</summary>
internal static class Answers
{
    /// <summary>A yes by one of these words; an answer that has no status is one.</summary>
    public static StationAnswer Judge(Heard heard, params ReadOnlySpan<string> yes) =>
        heard.Status is null ? new StationAnswer(RequestState.Accepted) : heard.Judge(yes);

    /// <summary>Several results, each with a status of its own: a yes when all of them are.</summary>
    public static StationAnswer All(IEnumerable<string?> statuses) =>
        statuses.FirstOrDefault(status => status != "Accepted") is { } no
            ? new StationAnswer(RequestState.Rejected, null, no, "Not everything was done: the answer says what was not.")
            : new StationAnswer(RequestState.Accepted);

    /// <summary>What a charger tells is kept as it came, and answered then.</summary>
    /// <param name="kind">OCPP's name for it.</param>
    public static Step Keep(string kind, Arrival arrival, object response) => Step.Stored(
        new ReportNotice(arrival.From, arrival.Epoch, kind, arrival.Frame ?? "", arrival.At), response); // it keeps its payload
}
