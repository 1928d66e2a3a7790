using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>A charger of a mixed fleet: one and the same journey, in the words of its version.</summary>
internal sealed class Traveller : IAsyncDisposable
{
    public static readonly string[] Versions = ["ocpp1.6", "ocpp2.0.1", "ocpp2.1"];

    private readonly RawCharger _charger;
    private readonly List<(string Action, JsonNode Payload)> _told = [];
    private string? _local;
    private int _step;

    private Traveller(RawCharger charger, string version) => (_charger, Version) = (charger, version);

    public string Version { get; }

    public string Id => _charger.Identity;

    /// <summary>The transaction that runs, or ran last, as people know it.</summary>
    public string Transaction => $"{Id}/{_local}";

    /// <summary>The number of the wish to start, when its version has one.</summary>
    private int? Wish { get; set; }

    private bool Steps => Version != "ocpp1.6";

    public static async Task<Traveller> Boot(Uri ocpp, string identity, string version, string? password = null)
    {
        var charger = await RawCharger.Connect(ocpp, identity, password, version);
        var traveller = new Traveller(charger, version);
        var boot = Charging.Result(await charger.Call("BootNotification", traveller.Steps
            ? Stepping.Introduction : new { chargePointVendor = "Raw", chargePointModel = "One" }));
        Assert.Equal("Accepted", boot["status"]!.GetValue<string>());
        await charger.Call("StatusNotification", traveller.Steps
            ? Stepping.Status("Available") : new { connectorId = 1, errorCode = "NoError", status = "Available" });
        foreach (var action in new[] { "RemoteStartTransaction", "RemoteStopTransaction", "RequestStartTransaction", "RequestStopTransaction" })
            charger.Says(action, "Accepted");
        return traveller;
    }

    /// <summary>Whether a driver may charge.</summary>
    public async Task<string> Authorize(string token)
    {
        var answer = Charging.Result(await _charger.Call("Authorize", Steps ? new { idToken = Card(token) } : new { idTag = token }));
        return answer[Steps ? "idTokenInfo" : "idTagInfo"]!["status"]!.GetValue<string>();
    }

    /// <summary>What it was asked last to start or stop, in its own words; anything else fails the test.</summary>
    public void WasAskedTo(string what)
    {
        var asked = _charger.Asked.Last();
        Assert.Equal(Steps ? $"Request{what}Transaction" : $"Remote{what}Transaction", asked[2]!.GetValue<string>());
        Wish = asked[3]!["remoteStartId"]?.GetValue<int>();
    }

    public async Task Begin(string token, int wh)
    {
        if (!Steps)
        {
            var begun = await Tell("StartTransaction", Charging.StartTransaction(token, wh));
            _local = begun["transactionId"]!.ToString();
            return;
        }

        (_local, _step) = (Guid.NewGuid().ToString(), 0);
        await Tell("TransactionEvent", Stepping.Step(
            _local, "Started", _step++, wh, token, Wish is null ? "Authorized" : "RemoteStart", state: "Charging", remoteStart: Wish));
        Wish = null;
    }

    public Task Meter(int wh) => Steps
        ? Tell("TransactionEvent", Stepping.Step(Running, "Updated", _step++, wh, state: "Charging"))
        : Tell("MeterValues", new
        {
            connectorId = 1,
            transactionId = int.Parse(Running),
            meterValue = new[] { new { timestamp = Charging.Now, sampledValue = new[] { new { value = $"{wh}", unit = "Wh" } } } },
        });

    public Task End(int wh) => Steps
        ? Tell("TransactionEvent", Stepping.Step(Running, "Ended", _step++, wh, trigger: "EVDeparted"))
        : Tell("StopTransaction", Charging.StopTransaction(int.Parse(Running), wh));

    /// <summary>Tells all of the transaction that ran last once more, as after a lost connection: in order, under new message ids.</summary>
    public async Task TellAgain()
    {
        foreach (var (action, payload) in _told) Charging.Result(await _charger.Call(action, payload.DeepClone()));
    }

    /// <summary>How many samples that transaction has: a charger of 2.x tells one at both ends too.</summary>
    public int Samples(int metered) => Steps ? metered + 2 : metered;

    public ValueTask DisposeAsync() => _charger.DisposeAsync();

    private string Running => _local ?? throw new InvalidOperationException($"{Id} charges nobody.");

    private async Task<JsonNode> Tell(string action, object payload)
    {
        var json = payload as JsonNode ?? System.Text.Json.JsonSerializer.SerializeToNode(payload)!;
        if (action == "StartTransaction" || _step == 1) _told.Clear();
        _told.Add((action, json.DeepClone()));
        return Charging.Result(await _charger.Call(action, json));
    }

    private static object Card(string token) => new { idToken = token, type = "ISO14443" };
}
