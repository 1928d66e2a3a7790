using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Inquiries;

/// <summary>From what was asked of others for a charger, and what came of it, to a row.</summary>
internal static class InquiryProjection
{
    public static readonly string[] Tables = ["inquiries"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version)
    {
        if (@event is not InquiryAnswered e) yield break;
        yield return new Statement(
            """
            insert into inquiries (charge_point, sequence_number, kind, subject, status, answered_by, detail, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            e.Id.Value, version, Word.Of(e.Kind), e.Subject, e.Status, e.By, e.Detail, e.At);
    }
}
