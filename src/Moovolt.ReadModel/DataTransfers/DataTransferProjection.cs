using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.DataTransfers;

/// <summary>From a vendor's message, either way, to its row.</summary>
internal static class DataTransferProjection
{
    public static readonly string[] Tables = ["data_transfers"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version) => @event switch
    {
        DataTransferReceived e =>
            [Insert(e, version, true, e.VendorId, e.MessageId, e.Data, e.Truncated, e.Status, e.Answer, null)],
        StationAnswered { Answer.Outcome: DataTransferred sent } e =>
        [
            Insert(
                e,
                version,
                false,
                sent.VendorId,
                sent.MessageId,
                sent.Data,
                sent.Truncated,
                sent.Status,
                sent.Answer,
                e.RequestId),
        ],
        _ => [],
    };

    private static Statement Insert(
        ChargePointEvent e,
        long version,
        bool fromCharger,
        string vendor,
        string? message,
        string? data,
        bool truncated,
        TransferStatus status,
        string? answer,
        string? requestId) => new(
        """
        insert into data_transfers (charge_point, number, from_charger, vendor_id, message_id, data, truncated, status,
          answer, request_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        e.Id.Value, version, fromCharger, vendor, message, data, truncated, Word.Of(status), answer, requestId, e.At);
}
