using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>The tokens that a charger may judge by itself (OCPP 1.6, 3.5.2) are kept in step with ours.</summary>
[Collection(Scenarios.Name)]
public sealed class LocalListMeaningSpec(Stage stage)
{
    [Fact, Meaning("SendLocalList", Way.ToCharger)]
    public async Task A_list_goes_in_parts_and_one_that_the_charger_does_not_follow_is_sent_anew()
    {
        await using var charger = await stage.Boot("SendLocalList");
        var (one, two, three) = (await stage.Token("LIST-1"), await stage.Token("LIST-2"), await stage.Token("LIST-3"));
        charger.Answers["GetConfiguration"] = _ => new
        {
            configurationKey = new[] { new { key = "sendLocalListMaxLength", @readonly = true, value = "2" } },
        };
        await stage.Ask(charger, "get-configuration", new { }, "accepted");

        // A charger that holds version 41 of somebody else's, and takes what follows it.
        var version = 41;
        var held = new SortedSet<string>(StringComparer.Ordinal);
        charger.Answers["GetLocalListVersion"] = _ => new { listVersion = version };
        charger.Answers["SendLocalList"] = call =>
        {
            var given = call["listVersion"]!.GetValue<int>();
            if (given <= version) return new { status = "VersionMismatch" };
            version = given;
            if (call["updateType"]!.GetValue<string>() == "Full") held.Clear();
            foreach (var entry in call["localAuthorizationList"]!.AsArray()) held.Add(entry!["idTag"]!.GetValue<string>());
            return new { status = "Accepted" };
        };

        await stage.Ask(charger, "send-local-list", new { mode = "full", tokens = new[] { one, two, three } }, "rejected");
        var list = await stage.Sees(charger, "/local-list", seen => seen["inStep"]!.GetValue<bool>());

        Assert.Equal(43, list["version"]!.GetValue<int>()); // 42 with two of them, 43 with the third
        Assert.Equal(held, Stage.Items(list).Select(item => item["token"]!.GetValue<string>()));
        Assert.Equal(3, held.Count);
        Assert.All(Stage.Items(list), item => Assert.Equal("accepted", item["status"]!.GetValue<string>()));
    }

    [Fact, Meaning("GetLocalListVersion", Way.ToCharger)]
    public async Task A_charger_that_has_lost_its_list_is_not_in_step_and_has_none()
    {
        await using var charger = await stage.Boot("GetLocalListVersion");
        var token = await stage.Token("LOST");
        charger.Says("SendLocalList", "Accepted");
        await stage.Ask(charger, "send-local-list", new { mode = "full", tokens = new[] { token } }, "accepted");
        await stage.Sees(charger, "/local-list", seen => seen["inStep"]!.GetValue<bool>() && Stage.Items(seen).Any());

        charger.Answers["GetLocalListVersion"] = _ => new { listVersion = 0 };
        await stage.Ask(charger, "get-local-list-version", new { }, "accepted");

        await stage.Sees(charger, "/local-list", seen =>
            seen["version"]!.GetValue<int>() == 0 && !seen["inStep"]!.GetValue<bool>() && !Stage.Items(seen).Any());
    }
}
