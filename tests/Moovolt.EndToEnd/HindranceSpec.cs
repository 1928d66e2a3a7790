using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Field;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// Why does nothing charge there? Asked of a node, about chargers at real sockets: each cause is said in plain words, with
/// what to do and where there is more, and is gone once it is mended.
/// </summary>
public sealed class HindranceSpec(OneNode one) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Operator => one.Node.Api;

    private Uri Ocpp => one.Node.Ocpp;

    [Fact]
    public async Task A_charger_that_went_away_is_not_connected_until_it_is_back()
    {
        await using (var charger = await RawCharger.Boot(Ocpp, "WHY-AWAY"))
        {
            await NothingHinders("WHY-AWAY");
            charger.Vanish();
            await Hinders("WHY-AWAY", "offline", "is not connected", "last seen at");
        }

        await using var back = await RawCharger.Boot(Ocpp, "WHY-AWAY");
        await NothingHinders("WHY-AWAY");
    }

    [Fact]
    public async Task A_faulted_connector_is_named_with_what_the_charger_says_of_it_until_it_is_well()
    {
        await using var charger = await RawCharger.Boot(Ocpp, "WHY-FAULTED");
        await charger.Call("StatusNotification", new
        {
            connectorId = 1, errorCode = "GroundFailure", status = "Faulted", info = "RCD tripped", vendorErrorCode = "E42",
        });
        await Hinders("WHY-FAULTED", "connector-faulted", "Connector 1 of EVSE 1", "GroundFailure", "E42", "RCD tripped");

        await charger.Says("Available");
        await NothingHinders("WHY-FAULTED");
    }

    [Fact]
    public async Task A_connector_that_is_out_of_use_is_told_apart_by_who_wanted_that_until_it_is_in_use()
    {
        await using var charger = await RawCharger.Boot(Ocpp, "WHY-UNAVAILABLE");
        charger.Says("ChangeAvailability", "Accepted");
        await charger.Says("Unavailable");
        await Hinders("WHY-UNAVAILABLE", "connector-unavailable", "nobody here asked for that");

        await ChangesAvailability("WHY-UNAVAILABLE", operative: false);
        await Hinders("WHY-UNAVAILABLE", "connector-unavailable", "as an operator asked");

        await ChangesAvailability("WHY-UNAVAILABLE", operative: true);
        await charger.Says("Available");
        await NothingHinders("WHY-UNAVAILABLE");
    }

    [Fact]
    public async Task A_blocked_token_that_wanted_to_start_is_named_until_somebody_lets_it_charge()
    {
        await Operator.Put("tokens/WHY-CARD", new { status = "blocked" });
        await using var charger = await RawCharger.Boot(Ocpp, "WHY-REFUSED");
        var start = await charger.Starts("why-card", 1_000);
        Assert.Equal("Blocked", start["idTagInfo"]!["status"]!.GetValue<string>());
        await charger.Stops(start["transactionId"]!.GetValue<int>(), 1_000);
        await Hinders("WHY-REFUSED", "token-refused", "why-card", "blocked");

        await Operator.Accept("WHY-CARD");
        await NothingHinders("WHY-REFUSED");

        // Blocked once more: nobody has been refused since, so nobody is in the way.
        await Operator.Put("tokens/WHY-CARD", new { status = "blocked" });
        Assert.Equal("Blocked", (await charger.Starts("why-card", 1_000))["idTagInfo"]!["status"]!.GetValue<string>());
        await Hinders("WHY-REFUSED", "token-refused", "why-card", "blocked");
    }

    [Fact]
    public async Task So_is_one_about_which_the_charger_only_asked()
    {
        await Operator.Put("tokens/WHY-ASKED", new { status = "blocked" });
        await using var charger = await RawCharger.Boot(Ocpp, "WHY-ASKS");
        for (var times = 0; times < 2; times++)
        {
            var answer = Charging.Result(await charger.Call("Authorize", new { idTag = "why-asked" }));
            Assert.Equal("Blocked", answer["idTagInfo"]!["status"]!.GetValue<string>());
        }

        await Hinders("WHY-ASKS", "token-refused", "WHY-ASKED", "blocked");
        var row = (await Eventually.Get(
            () => Operator.Get("charge-points/WHY-ASKS/refused-tokens"),
            seen => seen["items"] is JsonArray { Count: 1 } all && all[0]!["count"]!.GetValue<int>() == 2,
            Soon))["items"]![0]!;
        Assert.Equal(("WHY-ASKED", "blocked"), (row["token"]!.GetValue<string>(), row["verdict"]!.GetValue<string>()));

        await Operator.Accept("WHY-ASKED");
        await NothingHinders("WHY-ASKS");
    }

    [Fact]
    public async Task A_charger_that_waits_for_an_operator_is_told_apart_from_one_that_never_introduced_itself()
    {
        await using (var silent = await RawCharger.Connect(Ocpp, "WHY-SILENT"))
        {
            await Hinders("WHY-SILENT", "not-booted", "has never introduced itself");
            await silent.Boots();
            await NothingHinders("WHY-SILENT");
        }

        await Operator.Put("charge-points/WHY-PENDING", new { registration = "pending" });
        await using var pending = await RawCharger.Connect(Ocpp, "WHY-PENDING");
        Assert.Equal("Pending", (await pending.Boots())["status"]!.GetValue<string>());
        await Hinders("WHY-PENDING", "registration-pending", "answered pending", "until an operator accepts it");

        await Operator.Put("charge-points/WHY-PENDING", new { registration = "accepted" });
        Assert.Equal("Accepted", (await pending.Boots())["status"]!.GetValue<string>());
        await NothingHinders("WHY-PENDING");
    }

    private async Task ChangesAvailability(string id, bool operative)
    {
        var asked = await Operator.Post(
            $"charge-points/{id}/commands/change-availability", new { evse = 1, operative }, wait: 60);
        Assert.True(asked["state"]?.GetValue<string>() is "accepted" or "effective", $"{asked}");
    }

    /// <summary>This, said in these words, and nothing else; and there is more where it says so.</summary>
    private async Task Hinders(string id, string code, params string[] words)
    {
        var told = (await Told(id, all => all.Count == 1 && Code(all[0]!) == code && words.All(word => Text(all[0]!).Contains(word, StringComparison.Ordinal))))[0]!;

        Assert.NotEmpty(told["whatToDo"]!.GetValue<string>());
        var more = await Operator.Get(told["more"]!.GetValue<string>()["/api/v1/".Length..]);
        Assert.True(more.Status == System.Net.HttpStatusCode.OK, $"{told["more"]}: {more}");
    }

    private Task<JsonArray> NothingHinders(string id) => Told(id, all => all.Count == 0);

    // What is told follows what is stored a moment later.
    private async Task<JsonArray> Told(string id, Func<JsonArray, bool> fits) => (await Eventually.Get(
        () => Operator.Get($"charge-points/{id}/hindrances"),
        seen => seen["items"] is JsonArray all && fits(all),
        Soon))["items"]!.AsArray(); // fits says so

    private static string Code(JsonNode told) => told["code"]!.GetValue<string>();

    private static string Text(JsonNode told) => told["text"]!.GetValue<string>();
}
