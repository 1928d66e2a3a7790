using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>The security profiles, as the certification programme has them.</summary>
[Collection(Certification.Name)]
public sealed class TlsCases(TlsNode secure) : IClassFixture<TlsNode>
{
    private const string Password = "a-password-of-16";

    // What the foreign charger says as its serial number at boot.
    private const string Serial = "F-1";

    private ForeignCharger.Tls Trusting => new(secure.Issuer.PathOf("root.pem"));

    [SkippableFact, Case("TC_083")]
    public async Task A_charger_is_moved_to_a_higher_security_profile_and_does_not_come_back_lower()
    {
        await Register("TC_083", new { securityProfile = 1, password = Password });
        await using (var before = await ForeignCharger.Connect(secure.Node.Ocpp, "TC_083", Password))
        {
            await Bench.Boots(before);
            var sent = await Ask(before, "set-configuration", new { key = "SecurityProfile", value = "2" }, "ChangeConfiguration");
            Assert.Equal(("SecurityProfile", "2"), (sent["key"]!.GetValue<string>(), sent["value"]!.GetValue<string>()));
            await Ask(before, "reset", new { kind = "hard" }, "Reset");
            await Bench.Judged(before);
        }

        await using (var after = await ForeignCharger.Connect(secure.ByPassword, "TC_083", Password, tls: Trusting))
        {
            await Bench.Boots(after);
            await Bench.Judged(after);
        }

        await Refused(() => ForeignCharger.Connect(secure.Node.Ocpp, "TC_083", Password));
        var shown = await secure.Node.Api.Get("charge-points/TC_083");
        Assert.Equal(2, shown["lowestSecurityProfile"]!.GetValue<int>());
    }

    [SkippableFact, Case("TC_086")]
    public async Task A_charger_trusts_our_certificate_and_shows_a_password()
    {
        await Register("TC_086", new { securityProfile = 2, password = Password });
        await Refused(() => ForeignCharger.Connect(secure.ByPassword, "TC_086", "another-password", tls: Trusting));
        await Refused(() => ForeignCharger.Connect(secure.Node.Ocpp, "TC_086", Password));

        await using var charger = await ForeignCharger.Connect(secure.ByPassword, "TC_086", Password, tls: Trusting);
        await Bench.Boots(charger);
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_087")]
    public async Task A_charger_shows_a_certificate_that_we_trust()
    {
        await Register("TC_087", new { securityProfile = 3, certificateName = Serial });
        using var stranger = TestIssuer.Issuer("Nobody here");
        await Refused(() => Showing(secure.Issuer.Leaf(Serial, by: stranger)));
        await Refused(() => Showing(secure.Issuer.Leaf("F-2")));
        await Refused(() => ForeignCharger.Connect(secure.ByCertificate, "TC_087", tls: Trusting));

        await using var charger = await Showing(secure.Issuer.Leaf(Serial));
        await Bench.Boots(charger);
        await Bench.Judged(charger);

        Task<ForeignCharger> Showing(X509Certificate2 certificate)
        {
            var (file, key) = secure.Issuer.Write(certificate, "charger");
            return ForeignCharger.Connect(
                secure.ByCertificate, "TC_087", tls: new ForeignCharger.Tls(Trusting.Ca, file, key));
        }
    }

    private async Task Register(string identity, object body)
    {
        var answer = await secure.Node.Api.Put($"charge-points/{identity}", body);
        Assert.True(answer.Status == HttpStatusCode.Created, $"{answer}");
    }

    private async Task<JsonNode> Ask(ForeignCharger charger, string verb, object body, string action)
    {
        await charger.Answers(action, ForeignCharging.Accepted);
        var command = await secure.Node.Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(command.Status == HttpStatusCode.OK, $"{command}");
        return await charger.Asked(action);
    }

    private static async Task Refused(Func<Task<ForeignCharger>> comes)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(comes);
        Assert.Contains("401", refusal.Message, StringComparison.Ordinal);
    }
}
