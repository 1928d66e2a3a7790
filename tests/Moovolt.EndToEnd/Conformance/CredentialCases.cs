using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>A charger's password and its certificate are renewed, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class CredentialCases(Bench bench)
{
    private const string Password = "a-password-of-16";

    [SkippableFact, Case("TC_073")]
    public async Task The_password_is_changed_and_the_charger_comes_back_with_it()
    {
        await bench.Register("TC_073", new { securityProfile = 1, password = Password });
        string key;
        Rig.Api.Answer command;
        await using (var charger = await ForeignCharger.Connect(bench.Node.Ocpp, "TC_073", Password))
        {
            await Bench.Boots(charger);
            (var sent, command) = await bench.Ask(
                charger, "rotate-password", new { }, "ChangeConfiguration", new { status = "Accepted" });
            Assert.Equal("AuthorizationKey", sent["key"]!.GetValue<string>());
            key = sent["value"]!.GetValue<string>();
            await bench.Becomes(command, "accepted");
            await Bench.Judged(charger);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => ForeignCharger.Connect(bench.Node.Ocpp, "TC_073", Password));
        await using var back = await ForeignCharger.Connect(bench.Node.Ocpp, "TC_073", authorizationKey: key);
        await Bench.Boots(back);
        await bench.Becomes(command, "effective");
        await Bench.Judged(back);
    }

    [SkippableTheory]
    [InlineData("TC_074", "Accepted")]
    [InlineData("TC_077", "Rejected")]
    [Case("TC_074"), Case("TC_077")]
    public async Task The_certificate_is_renewed(string identity, string status)
    {
        await using var charger = await bench.Booted(identity);
        await bench.Call(
            charger, "ExtendedTriggerMessage", new { requestedMessage = "SignChargePointCertificate" },
            ForeignCharging.Accepted);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await charger.Answers("CertificateSigned", new { status });
        var taken = await charger.Call("SignCertificate", new { csr = Certificates.Request(key, identity, "Acme") });
        Assert.Equal("Accepted", taken["status"]!.GetValue<string>());

        var sent = await charger.Asked("CertificateSigned");
        using var certificate = X509Certificate2.CreateFromPem(sent["certificateChain"]!.GetValue<string>());
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        if (status == "Rejected")
        {
            await charger.Call(
                "SecurityEventNotification", new { type = "InvalidChargePointCertificate", timestamp = Charging.Now });
            await bench.Sees($"charge-points/{identity}/security-events", seen => seen["items"]!.AsArray().Count == 1);
        }

        await bench.Sees(
            $"charge-points/{identity}/certificates",
            seen => seen["issued"]!.AsArray().Any(one =>
                one!["state"]!.GetValue<string>() == (status == "Accepted" ? "accepted" : "rejected")));
        await Bench.Judged(charger);
    }
}
