using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>permessage-deflate (RFC 7692), which OCPP 2.0.1 and 2.1 demand of a CSMS (part 4, 3).</summary>
public sealed class CompressionSpec
{
    private const byte Compressed = 0x40; // RSV1
    private const byte Text = 1;
    private const string Usual = "permessage-deflate; client_max_window_bits";
    private static readonly string Long = new('x', 2000);

    [Theory]
    [InlineData("permessage-deflate", "12")]
    [InlineData("permessage-deflate; client_max_window_bits", "12", "12")]
    [InlineData("permessage-deflate; client_max_window_bits=10; server_max_window_bits=11", "11", "10")]
    [InlineData("permessage-deflate; client_max_window_bits=\"9\"", "12", "9")]
    [InlineData("x-webkit-deflate-frame, permessage-deflate; server_no_context_takeover; client_no_context_takeover", "12")]
    [InlineData("permessage-deflate; server_max_window_bits=8, permessage-deflate", "12")]
    public async Task What_is_agreed_on_keeps_no_context_and_a_small_window(string offer, string ours, string? theirs = null)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, "ocpp2.0.1", offer);

        var agreed = charger.Header("Sec-WebSocket-Extensions")!.Split(';', StringSplitOptions.TrimEntries);
        string[] expected =
        [
            "client_no_context_takeover", "permessage-deflate", $"server_max_window_bits={ours}",
            "server_no_context_takeover", .. theirs is null ? Array.Empty<string>() : [$"client_max_window_bits={theirs}"],
        ];
        Assert.Equal(expected.Order(), agreed.Order());
        await TalkAsync(charger);
    }

    [Theory]
    [InlineData("ocpp1.6", Usual)]
    [InlineData("ocpp2.0.1", null)]
    [InlineData("ocpp2.0.1", "permessage-bzip2")]
    [InlineData("ocpp2.0.1", "permessage-deflate; server_max_window_bits=8")]
    [InlineData("ocpp2.0.1", "permessage-deflate; client_max_window_bits=7")]
    [InlineData("ocpp2.0.1", "permessage-deflate; client_max_window_bits=09")]
    [InlineData("ocpp2.0.1", "permessage-deflate; server_max_window_bits")]
    [InlineData("ocpp2.0.1", "permessage-deflate; unknown")]
    [InlineData("ocpp2.0.1", "permessage-deflate; client_no_context_takeover; client_no_context_takeover")]
    public async Task Nothing_is_agreed_on_otherwise_and_the_charger_is_served(string version, string? offer)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, version, offer);

        Assert.Null(charger.Header("Sec-WebSocket-Extensions"));
        await charger.CallAsync("1", "Heartbeat", "{}");
        Assert.Equal("1", (await charger.ReadFrameAsync())[1].GetString());
    }

    [Fact]
    public async Task The_file_says_over_which_versions()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, compression = [\"ocpp1.6\"]");
        await using var old = await ConnectAsync(rig, "ocpp1.6", Usual);
        await using var young = await ConnectAsync(rig, "ocpp2.1", Usual, "CP2");

        Assert.NotNull(old.Header("Sec-WebSocket-Extensions"));
        Assert.Null(young.Header("Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task A_compressed_frame_in_fragments_with_pings_between_them_is_one_frame()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, "ocpp2.0.1", Usual);
        var frame = Deflate("""[2,"1","Heartbeat",{}]""");
        for (var at = 0; at < frame.Length; at++)
        {
            await charger.SendAsync((byte)(at == 0 ? Compressed | Text : 0), [frame[at]], last: at == frame.Length - 1);
            await charger.SendAsync(9, []);
        }

        await charger.SendAsync(Compressed | Text, [0]); // an empty message
        await TalkAsync(charger, "2", before: "1");
    }

    [Fact]
    public async Task Long_frames_leave_compressed_and_short_ones_as_they_are()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        var (first, payload) = await AskedAsync(rig, charger, "one", $$"""{"vendorId":"V","data":"{{Long}}"}""");

        Assert.Equal(0x80 | Compressed | Text, first);
        Assert.True(payload.Length < 200);
        Assert.Equal(Long, JsonElement.Parse(Inflate(payload))[3].GetProperty("data").GetString());
        (first, payload) = await AskedAsync(rig, charger, "two", """{"vendorId":"V"}""");
        Assert.Equal(0x80 | Text, first);
        Assert.Contains("DataTransfer", Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SetVariables", """{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"S"}]}""")]
    [InlineData("SetNetworkProfile", """{"connectionData":{"basicAuthPassword":"S"}}""")]
    [InlineData("SetNetworkProfile", """{"connectionData":{"vpn":{"key":"S"}}}""")]
    [InlineData("SetNetworkProfile", """{"connectionData":{"apn":{"simPin":1234}}}""")]
    [InlineData("ChangeConfiguration", """{"key":"AuthorizationKey","value":"S"}""")]
    [InlineData("SendLocalList", """{"idToken":{"idToken":"1234","type":"KeyCode"}}""")]
    [InlineData("GetLog", """{"log":{"remoteLocation":"ftp://user:S@files.example.com/"}}""")]
    [InlineData("DataTransfer", """{"data":"-----BEGIN EC PRIVATE KEY-----"}""")]
    [InlineData("DataTransfer", """{"data":"\u0070assword"}""")]
    public async Task A_frame_that_may_hold_a_secret_is_never_compressed_whatever_its_action(string action, string secret)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        var data = JsonSerializer.Serialize($"{Long}{action}{secret}");
        var (first, _) = await AskedAsync(rig, charger, "one", $$"""{"vendorId":"V","data":{{data}}}""");

        Assert.Equal(0x80 | Text, first);
    }

    [Theory]
    [Trait("sec", "SEC-26")]
    [InlineData("ocpp2.0.1", null, 0x40)] // compressed, and never agreed on
    [InlineData("ocpp2.0.1", Usual, 0x20)]
    [InlineData("ocpp2.0.1", Usual, 0x10)]
    [InlineData("ocpp1.6", Usual, 0x40)]
    public async Task A_reserved_bit_that_nobody_agreed_on_closes_the_socket_with_1002(string version, string? offer, byte bit)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, version, offer);
        await charger.SendAsync((byte)(bit | Text), Deflate("""[2,"1","Heartbeat",{}]"""));

        Assert.Equal(1002, await charger.ReadCloseAsync());
    }

    [Fact]
    public async Task What_does_not_inflate_closes_the_socket_and_harms_nobody()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await ConnectAsync(rig, "ocpp2.0.1", Usual);
        await using var neighbour = await ConnectAsync(rig, "ocpp2.0.1", Usual, "CP2");
        await charger.SendAsync(Compressed | Text, [0xFF, 0xFE, 0xFD, 0xFC]);

        await charger.ReadCloseAsync();
        await TalkAsync(neighbour);
        Assert.Empty(rig.Logs.From(Microsoft.Extensions.Logging.LogLevel.Warning));
    }

    // A heartbeat that is sent compressed, and its answer.
    private static async Task TalkAsync(RawCharger charger, string id = "1", string? before = null)
    {
        await charger.SendAsync(Compressed | Text, Deflate($"[2,\"{id}\",\"Heartbeat\",{{}}]"));
        if (before is not null) Assert.Equal(before, (await charger.ReadFrameAsync())[1].GetString());
        Assert.Equal(id, (await charger.ReadFrameAsync())[1].GetString());
    }

    private static async Task<(byte First, byte[] Payload)> AskedAsync(
        GatewayRig rig, RawCharger charger, string requestId, string payload)
    {
        rig.Entities.Deliver(new CallStation(1, requestId, new RawCall("DataTransfer", payload), 30));
        var (first, frame) = await charger.ReadAsItCameAsync();
        var text = (first & Compressed) != 0 ? Inflate(frame) : Encoding.UTF8.GetString(frame);
        await charger.SendAsync($$"""[3,"{{JsonElement.Parse(text)[1].GetString()}}",{"status":"Accepted"}]""");
        return (first, frame);
    }

    private static async Task<RawCharger> InAsync(GatewayRig rig)
    {
        var charger = await ConnectAsync(rig, "ocpp2.0.1", Usual);
        await TalkAsync(charger);
        return charger;
    }

    private static async Task<RawCharger> ConnectAsync(
        GatewayRig rig, string version, string? offer, string identity = "CP1")
    {
        string[] headers = offer is null ? [] : [$"Sec-WebSocket-Extensions: {offer}"];
        var charger = await RawCharger.ConnectAsync(rig.Port, $"/ocpp/{identity}", version, headers: headers);
        Assert.Equal(101, charger.Status);
        return charger;
    }

    private static byte[] Deflate(string text) => Deflate(Encoding.UTF8.GetBytes(text));

    // RFC 7692, 7.2.1: flushed, and without the four bytes that flushing leaves.
    private static byte[] Deflate(byte[] data)
    {
        using var memory = new MemoryStream();
        using var deflating = new DeflateStream(memory, CompressionLevel.Fastest);
        deflating.Write(data);
        deflating.Flush();
        return memory.ToArray()[..^4];
    }

    private static string Inflate(byte[] payload)
    {
        using var inflating = new DeflateStream(
            new MemoryStream([.. payload, 0, 0, 0xFF, 0xFF, 3, 0]), CompressionMode.Decompress);
        using var reader = new StreamReader(inflating);
        return reader.ReadToEnd();
    }
}
