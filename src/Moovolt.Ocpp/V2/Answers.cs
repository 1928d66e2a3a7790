using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.V2.Types;

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

    /// <summary>Why an inquiry came to nothing, as the charger is told.</summary>
    public static StatusInfo WhyNothing(Finding finding) => finding is NothingFound nothing
        ? new StatusInfo(nothing.Code, nothing.Why)
        : new StatusInfo("NoAnswer", "What was asked about was answered in a way that cannot be used.");

    /// <summary>What came of an inquiry is stored, and the charger answered then.</summary>
    public static Step Record(
        Arrival arrival, InquiryKind kind, string subject, string status, string by, StatusInfo? why, object response) =>
        Step.Stored(
            new RecordInquiry(arrival.From, arrival.Epoch, kind, subject, status, by, why?.AdditionalInfo, arrival.At),
            response);

    /// <summary>What a charger tells is kept as it came, and answered then.</summary>
    /// <param name="kind">OCPP's name for it.</param>
    public static Step Keep(string kind, Arrival arrival, object response) => Step.Stored(
        new ReportNotice(arrival.From, arrival.Epoch, kind, arrival.Frame ?? "", arrival.At), response); // it keeps its payload
}
