using System.IO.Compression;
using System.Net.Sockets;
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
