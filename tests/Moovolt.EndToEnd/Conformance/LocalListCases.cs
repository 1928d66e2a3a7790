using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>The local authorization list, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class LocalListCases(Bench bench)
{
    [SkippableTheory]
    [InlineData("TC_042_1", -1)] // it has no such list
    [InlineData("TC_042_2", 0)] // it is empty
    [Case("TC_042_1"), Case("TC_042_2")]
    public async Task The_version_of_the_list(string identity, int listVersion)
    {
        await using var charger = await bench.Booted(identity);
        var (_, command) = await bench.Ask(
            charger, "get-local-list-version", new { }, "GetLocalListVersion", new { listVersion });
        await bench.Becomes(command, "accepted");
        await Bench.Judged(charger);
    }

    [SkippableTheory]
    [InlineData("TC_043_1", "NotSupported", "rejected")]
    [InlineData("TC_043_3", "Failed", "rejected")]
    [InlineData("TC_043_4", "Accepted", "accepted")]
    [Case("TC_043_1"), Case("TC_043_3"), Case("TC_043_4")]
    public async Task The_whole_list_is_sent(string identity, string status, string state)
    {
        await using var charger = await bench.Booted(identity);
        var sent = await Send(charger, "full", [Bench.Valid, Bench.Child], status, state);
        Assert.Equal("Full", sent["updateType"]!.GetValue<string>());
        Assert.Equal(2, sent["localAuthorizationList"]!.AsArray().Count);
        Assert.All(sent["localAuthorizationList"]!.AsArray(), entry => Assert.NotNull(entry!["idTagInfo"]));
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_043_5")]
    public async Task What_changed_in_the_list_is_sent()
    {
        await using var charger = await bench.Booted("TC_043_5");
        var whole = await Send(charger, "full", [Bench.Valid], "Accepted", "accepted");
        var change = await Send(charger, "differential", [Bench.Child], "Accepted", "accepted");
        Assert.True(change["listVersion"]!.GetValue<int>() > whole["listVersion"]!.GetValue<int>());
        Assert.Equal("Differential", change["updateType"]!.GetValue<string>());
        var entry = Assert.Single(change["localAuthorizationList"]!.AsArray())!;
        Assert.Equal(Bench.Child, entry["idTag"]!.GetValue<string>());
        Assert.NotNull(entry["idTagInfo"]);
        await Bench.Judged(charger);
    }

    private Task<JsonNode> Send(ForeignCharger charger, string mode, string[] tokens, string status, string state) =>
        bench.Ask(charger, "send-local-list", new { mode, tokens }, "SendLocalList", status, state);
}
