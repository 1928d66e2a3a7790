using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>Frames that are far too large. They are measured in what this process does, so nothing runs beside them.</summary>
[Collection(nameof(Alone))]
public sealed class BombSpec
{
    private const byte Compressed = 0x40; // RSV1
    private const byte Text = 1;
    private const int Mebibyte = 1024 * 1024;

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    /// <summary>
    /// What a bomb may have allocated when it is over: all of this process, the charger that throws it and the neighbour
    /// included. So no more was ever held at once.
    /// </summary>
    private const long MostAllocated = 64L * Mebibyte;

    /// <summary>By how much the process may have grown by then.</summary>
    private const long MostGrown = 128L * Mebibyte;

    [Theory]
    [Trait("sec", "SEC-26")]
    [InlineData(Bomb.OfAKilobyte, 1009, "frame")]
    [InlineData(Bomb.InAMillionParts, 1009, "frame-parts")]
    [InlineData(Bomb.OfTenMebibytes, 1009, "frame")]
    [InlineData(Bomb.OfBytes, 1003, "binary")]
    [InlineData(Bomb.OfNoText, 1007, null)]
    [InlineData(Bomb.OfPings, 1008, "pings")]
    [InlineData(Bomb.OfEmptyMessages, 1008, "pings")]
    [InlineData(Bomb.OfTwoHundredLevels, 1008, "json-depth")]
    public async Task Whoever_throws_a_bomb_is_closed_with_its_code_and_neither_memory_nor_a_neighbour_hears_of_it(
        Bomb bomb, int code, string? limit)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, "CP1");
        await using var neighbour = await ConnectAsync(rig, "CP2");
        await IsServedAsync(charger);
        await IsServedAsync(neighbour);
        var parts = PartsOf(bomb);
        using var over = new CancellationTokenSource();
        var (allocated, size) = (GC.GetTotalAllocatedBytes(), Environment.WorkingSet);
        var beating = BeatAsync(neighbour, over.Token);
        var throwing = ThrowAsync(charger, parts);

        Assert.Equal(code, await charger.ReadCloseAsync());
        await throwing.WaitAsync(TimeSpan.FromSeconds(60));
        await over.CancelAsync();
        Assert.True(await beating > 0); // each of them was answered
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, MostAllocated);
        Assert.InRange(Environment.WorkingSet - size, long.MinValue, MostGrown);
        if (limit is not null) Assert.Equal(1, rig.Limits[limit]);
        await IsServedAsync(neighbour);
    }

    [Fact]
    [Trait("sec", "SEC-26")]
    public async Task A_kilobyte_that_inflates_without_end_is_closed_with_1009_and_never_held()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, "CP1");
        await using var neighbour = await ConnectAsync(rig, "CP2");
        var inflating = Deflated(new byte[Mebibyte]); // a kilobyte of it
        var before = GC.GetTotalAllocatedBytes();
        var sending = SendAsync(charger, Compressed | Text, inflating, 1024);

        Assert.Equal(1009, await charger.ReadCloseAsync());
        await IsServedAsync(neighbour);
        await rig.Limits.UntilAsync("frame");
        await sending.WaitAsync(TimeSpan.FromSeconds(60));
        var held = GC.GetTotalAllocatedBytes() - before;
        Assert.True(held < 256L * Mebibyte, $"{held} bytes were allocated for a gigabyte");
        Assert.Equal(1, rig.Limits["frame"]);
    }

    [Fact]
    [Trait("sec", "SEC-26")]
    public async Task Of_a_frame_without_end_little_more_is_read_once_it_was_refused()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, "CP1");
        var sending = SendAsync(charger, Text, [.. Enumerable.Repeat((byte)'x', Mebibyte)], 256);

        Assert.Equal(1009, await charger.ReadCloseAsync());
        var sent = await sending.WaitAsync(TimeSpan.FromSeconds(60));
        // Four frames more, and what the sockets' own buffers take.
        Assert.True(sent < 64, $"{sent} MiB were read of a frame that may have one");
    }

    public enum Bomb
    {
        OfAKilobyte,
        InAMillionParts,
        OfTenMebibytes,
        OfBytes,
        OfNoText,
        OfPings,
        OfEmptyMessages,
        OfTwoHundredLevels,
    }

    // What is written, piece by piece, to the other side. Of a few bytes each, many thousands in one piece.
    private static IEnumerable<byte[]> PartsOf(Bomb bomb)
    {
        var call = $$"""[2,"bomb","DataTransfer",{"vendorId":"{{new string('v', 1_000_000)}}"}]""";
        var part = Deflated(new byte[Mebibyte]);
        return bomb switch
        {
            // A kilobyte for each mebibyte, and a gibibyte of them.
            Bomb.OfAKilobyte => Enumerable.Range(0, 1024).Select(n => Framed(n == 0 ? Compressed | Text : 0, part, last: n == 1023)),
            Bomb.InAMillionParts =>
                [[.. call.SelectMany((c, n) => Framed(n == 0 ? Text : 0, [(byte)c], last: n == call.Length - 1))]],
            Bomb.OfTenMebibytes => [Framed(Text, [.. Enumerable.Repeat((byte)'x', 10 * Mebibyte)])],
            Bomb.OfBytes => [Framed(2, [1, 2, 3])],
            Bomb.OfNoText => [Framed(Text, [(byte)'[', 0xC3, 0x28])],
            Bomb.OfPings => Enumerable.Repeat<byte[]>([.. Enumerable.Repeat(Framed(9, []), 10).SelectMany(ping => ping)], 500),
            Bomb.OfEmptyMessages =>
                Enumerable.Repeat<byte[]>([.. Enumerable.Repeat(Framed(Text, []), 10).SelectMany(nothing => nothing)], 500),
            _ => [Framed(Text, Encoding.UTF8.GetBytes(
                $$"""[2,"bomb","DataTransfer",{"vendorId":{{new string('[', 200)}}{{new string(']', 200)}}}]"""))],
        };
    }

    // Until all is written or the connection is cut. Ten pings each hundredth of a second are a thousand a second.
    private static async Task ThrowAsync(RawCharger charger, IEnumerable<byte[]> parts)
    {
        await Task.Yield();
        foreach (var part in parts)
        {
            try
            {
                await charger.WriteAsync(part);
            }
            catch (Exception cut) when (cut is IOException or SocketException)
            {
                return;
            }

            if (part.Length < 100) await Task.Delay(10);
        }
    }

    // One heartbeat after the other, each answered, until it is over; how many.
    private static async Task<int> BeatAsync(RawCharger charger, CancellationToken over)
    {
        var beats = 0;
        while (beats == 0 || !over.IsCancellationRequested)
        {
            await charger.CallAsync($"beat-{beats}", "Heartbeat", "{}");
            Assert.Equal($"beat-{beats}", (await charger.ReadFrameAsync())[1].GetString());
            beats++;
            await Task.Delay(10, CancellationToken.None); // no flood of its own
        }

        return beats;
    }

    // A masked frame; a mask of zeros leaves the payload as it is.
    private static byte[] Framed(int opcode, byte[] payload, bool last = true)
    {
        var first = (byte)((last ? 0x80 : 0) | opcode);
        if (payload.Length < 126) return [first, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        return [first, 0x80 | 127, .. length, 0, 0, 0, 0, .. payload];
    }

    // Part after part, until all are sent or the connection is cut; how many were.
    private static async Task<int> SendAsync(RawCharger charger, byte first, byte[] part, int parts)
    {
        await Task.Yield();
        for (var at = 0; at < parts; at++)
        {
            try
            {
                await charger.SendAsync(at == 0 ? first : (byte)0, part, last: at == parts - 1);
            }
            catch (Exception cut) when (cut is IOException or SocketException)
            {
                return at;
            }
        }

        return parts;
    }

    private static async Task IsServedAsync(RawCharger charger)
    {
        await charger.CallAsync("1", "Heartbeat", "{}");
        Assert.Equal("1", (await charger.ReadFrameAsync())[1].GetString());
    }

    private static async Task<RawCharger> ConnectAsync(GatewayRig rig, string identity)
    {
        var charger = await RawCharger.ConnectAsync(
            rig.Port, $"/ocpp/{identity}", "ocpp2.0.1",
            headers: "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        Assert.Equal(101, charger.Status);
        return charger;
    }

    private static byte[] Deflated(byte[] data)
    {
        using var memory = new MemoryStream();
        using var deflating = new DeflateStream(memory, CompressionLevel.Fastest);
        deflating.Write(data);
        deflating.Flush();
        return memory.ToArray();
    }
}
