using System.Net;
using System.Text;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>What strangers and broken chargers may throw at the door, while others are served as ever.</summary>
public sealed class FloodSpec : IDisposable
{
    private const string Password = "a-password-of-24-letters";
    private const long MostMemory = 300L << 20; // the clients of the flood included, who live in this process

    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.2");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestIssuer certificates = new();

    public void Dispose() => certificates.Dispose();

    [Fact]
    [Trait("sec", "SEC-24")]
    public async Task A_thousand_guesses_from_one_address_are_slowed_down_and_the_real_charger_gets_in_from_another()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        var looked = 0;
        var began = TimeProvider.System.GetTimestamp();
        var guesses = Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (n, _) =>
        {
            await using var guess = await RawCharger.ConnectAsync(
                rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", $"a-wrong-password-{n}"));
            Assert.True(guess.Status is 401 or 429 or 503, $"{guess.Status}");
            if (guess.Status == 401) Interlocked.Increment(ref looked);
        });
        await using var real = await RawCharger.ConnectAsync(
            new Way(rig.Port, From: Elsewhere), "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));
        await guesses;

        Assert.Equal(101, real.Status);
        var refilled = TimeProvider.System.GetElapsedTime(began) / TimeSpan.FromSeconds(10);
        Assert.InRange(looked, 1, 10 + 20 + refilled); // 20 may have been asking at once
    }

    [Fact]
    [Trait("sec", "SEC-25")]
    public async Task Half_done_handshakes_by_the_hundred_cost_little_and_keep_nobody_out()
    {
        await using var rig = await GatewayRig.StartAsync(Listener(more: "tls.handshakes-per-address = 400"));
        await rig.RegisterAsync("CP1", 2, Encoding.UTF8.GetBytes(Password));
        await rig.RegisterAsync("CP2", 2, Encoding.UTF8.GetBytes(Password));
        await using var inside = await ConnectAsync(rig, "CP1", IPAddress.Loopback);
        await AnswersAsync(inside, "before");
        var memory = Environment.WorkingSet;

        var hello = Hello.Say(0x0303, [0xC02B]);
        var half = new List<RawCharger>();
        for (var n = 0; n < 500; n++)
        {
            await BeginAsync(await RawCharger.TryOpenAsync(new Way(rig.TlsPort)), hello[..20]);
            await BeginAsync(await RawCharger.TryOpenAsync(new Way(rig.Port)), "GET /ocpp/CP1 HTTP/1.1\r\nHo"u8.ToArray());
        }

        await AnswersAsync(inside, "meanwhile");
        await using var other = await ConnectAsync(rig, "CP2", Elsewhere);
        await AnswersAsync(other, "too");
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, MostMemory);
        Assert.True(await Eventually.Is(() => rig.Limits["tls-handshakes"] >= 100, Patience));
        foreach (var each in half) await each.DisposeAsync();
        await AnswersAsync(inside, "after");

        // Who is cut while it speaks has been cut: that is the point.
        async Task BeginAsync(RawCharger? stranger, byte[] bytes)
        {
            if (stranger is null) return;
            half.Add(stranger);
            try
            {
                await stranger.WriteAsync(bytes);
            }
            catch (IOException)
            {
                half.Remove(stranger);
                await stranger.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_hundred_pings_at_once_and_a_frame_in_thousands_of_parts_are_taken()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var neighbour = await rig.ConnectAsync("CP2");
        await using var noisy = await rig.ConnectAsync();
        for (var n = 0; n < 100; n++) await noisy.SendAsync(9, []);
        await AnswersAsync(neighbour, "n-1");
        await AnswersAsync(noisy, "c-1");

        var frame = Encoding.UTF8.GetBytes($$"""[2,"c-2","DataTransfer",{"vendorId":"{{new string('v', 9_900)}}"}]""");
        for (var at = 0; at < frame.Length; at++)
            await noisy.SendAsync((byte)(at == 0 ? 1 : 0), [frame[at]], last: at == frame.Length - 1);
        Assert.Equal("c-2", (await noisy.ReadFrameAsync())[1].GetString());
        await AnswersAsync(neighbour, "n-2");
    }

    private static async Task AnswersAsync(RawCharger charger, string id)
    {
        await charger.CallAsync(id, "Heartbeat", "{}");
        Assert.Equal(id, (await charger.ReadFrameAsync())[1].GetString());
    }

    private async Task<RawCharger> ConnectAsync(GatewayRig rig, string identity, IPAddress from)
    {
        var charger = await RawCharger.ConnectAsync(
            new Way(rig.TlsPort, certificates.Client(), from), $"/ocpp/{identity}", authorization: RawCharger.Basic(identity, Password));
        return charger.Status == 101 ? charger : throw new InvalidOperationException($"{charger.Status} {charger.Body}");
    }

    private string Listener(string profiles = "2", string more = "", string kinds = "ecdsa rsa") => $"""
        dev = off
        handshake-timeout = 60s
        tls.reload-every = 100ms
        {certificates.Listener("wss", profiles, kinds: kinds)}
        {more}
        """;
}
