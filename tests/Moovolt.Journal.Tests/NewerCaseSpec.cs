using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Journal.Tests;

/// <summary>
/// A newer program may store a case of a closed set that this one does not have, under a name that it knows: it is
/// handed over unread, and nobody takes the event for one that says less.
/// </summary>
public sealed class NewerCaseSpec
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChargePointId Cp1 = new("CP-1");

    [Fact]
    public void A_request_of_a_newer_program_is_handed_over_unread() => IsUnread(
        new StationRequested(Cp1, "r-1", new ClearCache(), "ana", 30, null, 0, Noon), 109);

    [Fact]
    public void An_outcome_of_a_newer_program_is_handed_over_unread() => IsUnread(
        new StationAnswered(
            Cp1, "r-1", new StationAnswer(RequestState.Accepted, Outcome: new PasswordKept()), false, Noon), 148);

    [Fact]
    public void A_snapshot_with_a_request_of_a_newer_program_is_handed_over_unread() => IsUnread(
        ChargePoint.Initial with
        {
            Asked =
            [
                new TrackedRequest(
                    "r-1", new ClearCache(), "ana", RequestState.Sent, 30, 1, Noon, null, null, null, null, false),
            ],
        },
        109);

    private static void IsUnread(object stored, int number)
    {
        var name = JournalFormat.ManifestOf(stored);
        var bytes = OfNewerCase(JournalFormat.Write(stored), number);

        var unknown = Assert.IsType<UnknownStored>(JournalFormat.Read(name, bytes));

        Assert.Equal((name, Convert.ToHexString(bytes)), (unknown.Manifest, Convert.ToHexString(unknown.Bytes)));
        Assert.IsType(stored.GetType(), JournalFormat.Read(name, JournalFormat.Write(stored)));
    }

    /// <summary>The same bytes, with a case of the number 999.</summary>
    private static byte[] OfNewerCase(byte[] bytes, int number)
    {
        var at = bytes.AsSpan().IndexOf(Tag(number));
        Assert.True(at > 0, "The case is not in the bytes.");
        Tag(999).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    // A field's number and its wire type (2: with a length), in two bytes for numbers from 16 to 2,047.
    private static byte[] Tag(int number)
    {
        var tag = (number << 3) | 2;
        return [(byte)((tag & 0x7F) | 0x80), (byte)(tag >> 7)];
    }
}
