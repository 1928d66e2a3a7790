using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Moovolt.Gateway.Sessions;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>Frames are counted by their headers, in whatever pieces they come.</summary>
public sealed class WireCountSpec
{
    private const int MostParts = 5;
    private const int MostPings = 4;

    private static readonly GatewaySettings Settings =
        GatewayRig.SettingsFrom($"frame-parts = {MostParts}, pings-per-second = 1, pings-burst = {MostPings}");

    // A message of some parts, pings between them, of lengths that are written in one, three and nine bytes.
    private static readonly Gen<byte[][]> Frames = Gen.Select(
        Gen.Int[1, 8], Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Const(125), Gen.Const(126), Gen.Const(70_000)), Gen.Bool, Gen.Int[0, 2], (parts, length, masked, pings) =>
            Enumerable.Range(0, parts)
                .SelectMany(n => Enumerable.Repeat(Frame(9, 3, true, masked), n == 0 ? pings : 0)
                    .Append(Frame(n == 0 ? 1 : 0, length, n == parts - 1, masked)))
                .ToArray()).Array[1, 4].Select(messages => messages.SelectMany(message => message).ToArray());

    [Fact]
    public void Whatever_the_pieces_what_is_too_much_is_found_at_the_frame_that_is() =>
        Gen.Select(Frames, Gen.Int[1, 100_000]).Sample((frames, piece) =>
        {
            var count = new WireCount(Settings, new FakeTimeProvider());
            byte[] all = [.. frames.SelectMany(frame => frame)];
            var found = Excess.None;
            for (var at = 0; at < all.Length && found == Excess.None; at += piece)
                found = count.Count(all.AsSpan(at, Math.Min(piece, all.Length - at)));

            Assert.Equal(Expected(frames), found);
        }, iter: 500);

    [Fact]
    public void Pings_that_come_at_their_pace_are_never_too_many()
    {
        var time = new FakeTimeProvider();
        var count = new WireCount(Settings, time);
        for (var n = 0; n < 100; n++)
        {
            Assert.Equal(Excess.None, count.Count(Frame(9, 0, true, true)));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var n = 0; n < MostPings; n++) Assert.Equal(Excess.None, count.Count(Frame(9, 0, true, true)));
        Assert.Equal(Excess.Pings, count.Count(Frame(10, 0, true, true)));
    }

    private static Excess Expected(byte[][] frames)
    {
        var (parts, pings) = (0, 0);
        foreach (var frame in frames)
        {
            var opcode = frame[0] & 0x0F;
            if (opcode == 9 || (opcode == 1 && frame[0] >= 0x80 && (frame[1] & 0x7F) == 0)) pings++;
            else parts = opcode == 1 ? 1 : parts + 1;
            if (parts > MostParts) return Excess.Parts;
            if (pings > MostPings) return Excess.Pings;
        }

        return Excess.None;
    }

    private static byte[] Frame(int opcode, int length, bool last, bool masked)
    {
        var first = (byte)((last ? 0x80 : 0) | opcode);
        var bit = masked ? 0x80 : 0;
        byte[] size = length < 126 ? [(byte)(bit | length)]
            : length < 65_536 ? [(byte)(bit | 126), (byte)(length >> 8), (byte)length]
            : [(byte)(bit | 127), 0, 0, 0, 0, 0, (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [first, .. size, .. masked ? new byte[] { 1, 2, 3, 4 } : [], .. Enumerable.Repeat((byte)0x89, length)];
    }
}
