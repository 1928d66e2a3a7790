using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Who is let in, and speaking what, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class DoorCases(Bench bench)
{
    private const string Password = "a-password-of-16";

    [SkippableFact, Case("TC_085")]
    public async Task Only_the_right_password_is_let_in()
    {
        await bench.Register("TC_085", new { securityProfile = 1, password = Password });
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ForeignCharger.Connect(bench.Node.Ocpp, "TC_085", "another-password"));
        Assert.Contains("401", refusal.Message, StringComparison.Ordinal);

        await using var charger = await ForeignCharger.Connect(bench.Node.Ocpp, "TC_085", Password);
        await Bench.Boots(charger);
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_088")]
    public async Task Of_the_protocols_that_are_offered_the_one_that_both_speak_is_taken()
    {
        string[] offered = ["ocpp0.1", "ocpp1.6"];
        await using (var charger = await ForeignCharger.Connect(bench.Node.Ocpp, "TC_088", protocols: offered))
        {
            Assert.Equal("ocpp1.6", charger.Protocol);
            await Bench.Boots(charger);
            await Bench.Judged(charger);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => ForeignCharger.Connect(bench.Node.Ocpp, "TC_088", protocols: ["ocpp0.1"]));
    }
}
