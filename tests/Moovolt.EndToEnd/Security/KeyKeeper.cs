using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>A charger's passwords: the one that it was registered with, and the one that it was given since.</summary>
internal sealed class KeyKeeper(string identity)
{
    public const string First = "a-password-of-16";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public string Identity => identity;

    /// <summary>What it was given (AuthorizationKey), 40 hex digits; null until then.</summary>
    public string? Hex { get; private set; }

    public byte[] Old { get; } = Encoding.UTF8.GetBytes(First);

    public byte[] New => Convert.FromHexString(Hex ?? throw new InvalidOperationException("No password was given to it."));

    /// <summary>Connects and boots; a new password is noted and answered so, or, with null, not answered at all.</summary>
    public async Task<RawCharger> Boot(MoovoltProcess node, byte[] password, string? says)
    {
        var charger = await RawCharger.ConnectWith(node.Ocpp, identity, password);
        if (says is not null) charger.Answers["ChangeConfiguration"] = _ => new { status = says };
        var boot = await charger.Call("BootNotification", new { chargePointVendor = "Raw", chargePointModel = "One" });
        Assert.Equal("Accepted", Charging.Result(boot)["status"]!.GetValue<string>());
        return charger;
    }

    /// <summary>Waits until the charger was given a password, and keeps it.</summary>
    public async Task Given(RawCharger charger)
    {
        JsonNode? asked = null;
        Assert.True(await Eventually.Is(
            () => (asked = charger.Asked.Select(frame => frame.AsArray()).FirstOrDefault(Changes)) is not null, Soon));
        var payload = asked!.AsArray()[3]!;
        Assert.Equal("AuthorizationKey", payload["key"]!.GetValue<string>());
        Hex = payload["value"]!.GetValue<string>();
        Assert.Matches("^[0-9a-f]{40}$", Hex);
    }

    /// <summary>An operator asks for it; gives back the command at once.</summary>
    public async Task<string> Rotate(Api api, string? query = null)
    {
        var command = await api.Post($"charge-points/{identity}/commands/rotate-password{query}", new { }, wait: 0);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, command.Status);
        return command["id"]!.GetValue<string>();
    }

    public static Task Becomes(Api api, string command, string state) => Eventually.Get(
        () => api.Get($"commands/{command}"), seen => seen["state"]?.GetValue<string>() == state, Soon);

    public async Task<bool> IsLetIn(MoovoltProcess node, byte[] password)
    {
        try
        {
            await using var charger = await RawCharger.ConnectWith(node.Ocpp, identity, password);
            return true;
        }
        catch (WebSocketException refused)
        {
            Assert.Contains("401", refused.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static bool Changes(JsonArray frame) => frame[2]!.GetValue<string>() == "ChangeConfiguration";
}
