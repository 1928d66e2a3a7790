using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Inquiries;

/// <summary>What was asked of somebody outside for a charger.</summary>
/// <param name="Kind">contractCertificate, certificateStatus, certificateChainStatus, contract or vatNumber.</param>
/// <param name="Subject">What was asked about.</param>
/// <param name="Status">What the charger was answered, in OCPP's word.</param>
/// <param name="By">Who answered.</param>
/// <param name="Detail">Why, in a sentence.</param>
public sealed record InquiryRow(
    long SequenceNumber, string Kind, string Subject, string Status, string By, string? Detail, DateTimeOffset At);

/// <summary>What has been asked of others for a charger, and what did they say?</summary>
public sealed class InquiryTable(Database database)
{
    private const string List = "inquiries";

    /// <summary>The latest first.</summary>
    /// <param name="kind">Only those; null for all.</param>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<InquiryRow>> ListAsync(
        ChargePointId chargePoint, string? kind, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value).AndIf(kind is not null, "kind = ?", kind);
        if (Cursor.Read(List, cursor, 1) is [var before]) where.And("sequence_number < ?", Cursor.Number(before));
        var rows = await database.QueryAsync(
            where.Select(
                "select sequence_number, kind, subject, status, answered_by, detail, at from inquiries",
                "order by sequence_number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new InquiryRow(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.Instant(6)),
            cancellation);
        return Cursor.PageOf(
            rows, limit, row => Cursor.Write(List, row.SequenceNumber.ToString(CultureInfo.InvariantCulture)));
    }
}
