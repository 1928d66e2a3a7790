using System.Globalization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Vendors' messages from a charger. What is registered is written down before it is answered. What is not is noise
/// with a name: each kind is written down once a day, so that an operator sees what could be registered.
/// </summary>
public static class DataTransfers
{
    /// <summary>How many characters of a message are kept (64 Ki).</summary>
    public const int LongestData = 64 * 1024;

    /// <summary>So many of the last are told apart from retries of ours: a session has one under way.</summary>
    private const int Remembered = 8;

    /// <summary>So many kinds that nobody registered are followed: who makes them up gets no further.</summary>
    private const int MostUnregistered = 32;

    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <summary>As much of a text as is kept; never half a character.</summary>
    public static string? Cut(string? data) => data is not { Length: > LongestData }
        ? data
        : data[..(char.IsHighSurrogate(data[LongestData - 1]) ? LongestData - 1 : LongestData)];

    internal static Decision Report(ChargePoint state, ReportDataTransfer c)
    {
        var isNews = IsRegistered(c.Status)
            ? !state.Transfers.Contains(PrintOf(c.VendorId, c.MessageId, c.Data, c.At))
            : IsNewKind(state, c);
        return isNews
            ? new(new Reply.Accepted(), new DataTransferReceived(
                c.Id, c.VendorId, c.MessageId, c.Data, c.Truncated, c.Status, c.Answer, c.At))
            : new(new Reply.Repeated());
    }

    internal static ChargePoint Apply(ChargePoint state, DataTransferReceived e)
    {
        if (IsRegistered(e.Status))
        {
            var last = state.Transfers.Length < Remembered ? state.Transfers : state.Transfers.RemoveAt(0);
            return state with { Transfers = last.Add(PrintOf(e.VendorId, e.MessageId, e.Data, e.At)) };
        }

        var kind = KindOf(e.VendorId, e.MessageId);
        var others = state.UnregisteredTransfers.RemoveAll(known => known.Print == kind || known.At <= e.At - Again);
        return state with { UnregisteredTransfers = others.Add(new UnregisteredTransfer(kind, e.At)) };
    }

    private static bool IsRegistered(TransferStatus status) =>
        status is TransferStatus.Accepted or TransferStatus.Rejected;

    private static bool IsNewKind(ChargePoint state, ReportDataTransfer c)
    {
        var kind = KindOf(c.VendorId, c.MessageId);
        var fresh = 0;
        foreach (var known in state.UnregisteredTransfers)
        {
            if (known.At <= c.At - Again) continue;
            if (known.Print == kind) return false;
            fresh++;
        }

        return fresh < MostUnregistered;
    }

    // OCPP compares both without case (CiString).
    private static ulong KindOf(string vendorId, string? messageId) =>
        Fingerprint.Of($"{vendorId}\n{messageId}".ToUpperInvariant());

    private static ulong PrintOf(string vendorId, string? messageId, string? data, DateTimeOffset at) =>
        Fingerprint.Of(string.Create(CultureInfo.InvariantCulture, $"{vendorId}\n{messageId}\n{at.UtcTicks}\n{data}"));
}
