using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of security and of certificates are for (OCPP 2.0.1, A and M).</summary>
[Collection(Scenarios.Name)]
public sealed class SecurityMeaningSpec(Stage stage)
{
    private static readonly object Name = new { hashAlgorithm = "SHA256", issuerNameHash = "aa", issuerKeyHash = "bb", serialNumber = "7" };

    [Theory, Means("SecurityEventNotification", Way.FromCharger)]
    public async Task A_security_event_is_kept_once_and_marked_when_it_is_critical(string version)
    {
        await using var charger = await stage.Boot(version, "SecurityEventNotification");
        var lid = new { type = "TamperDetectionActivated", timestamp = Charging.Now, techInfo = "lid" };
        Charging.Result(await charger.Call("SecurityEventNotification", lid));
        Charging.Result(await charger.Call("SecurityEventNotification", lid));

        var kept = Assert.Single(Stage.Items(await stage.Sees(charger, "/security-events", seen => Stage.Items(seen).Any())));
        Assert.True(kept["critical"]!.GetValue<bool>());
        Assert.Equal("lid", kept["details"]!.GetValue<string>());
    }

    [Theory, Means("SignCertificate", Way.FromCharger)]
    public async Task A_certificate_that_a_station_asks_for_waits_to_be_signed_and_nonsense_is_refused(string version)
    {
        await using var charger = await stage.Boot(version, "SignCertificate");
        Assert.Equal("Rejected", await Asks("please"));
        Assert.Equal("Accepted", await Asks(Actions.SecurityMeaningSpec.Csr));
        await stage.Sees(charger, "/certificates", seen => seen["requests"]!.AsArray().Count == 1);

        async Task<string> Asks(string csr) => Charging.Result(
            await charger.Call("SignCertificate", new { csr }))["status"]!.GetValue<string>();
    }

    [Theory, Means("CertificateSigned", Way.ToCharger)]
    public Task A_certificate_that_the_station_does_not_take_is_told(string version) => stage.IsToldNo(
        version, "CertificateSigned", new { certificateChain = "PEM" }, "Rejected");

    [Theory, Means("InstallCertificate", Way.ToCharger)]
    public async Task A_root_that_the_station_cannot_install_is_told(string version)
    {
        await using var charger = await stage.Boot(version, "InstallCertificate");
        charger.Says("InstallCertificate", "Failed");
        var body = new { use = "csmsRoot", certificate = Actions.SecurityMeaningSpec.Root };
        await stage.Ask(charger, "install-certificate", body, "rejected");
    }

    [Theory, Means("GetInstalledCertificateIds", Way.ToCharger)]
    public async Task The_roots_that_a_station_trusts_can_be_looked_at(string version)
    {
        await using var charger = await stage.Boot(version, "GetInstalledCertificateIds");
        await Trusts(charger);
    }

    [Theory, Means("DeleteCertificate", Way.ToCharger)]
    public async Task A_root_that_is_deleted_is_gone(string version)
    {
        await using var charger = await stage.Boot(version, "DeleteCertificate");
        await Trusts(charger);
        charger.Says("DeleteCertificate", "Accepted");
        await stage.Ask(charger, "delete-certificate", Name, "accepted");
        await stage.Sees(charger, "/certificates", seen => seen["installed"]!.AsArray().Count == 0);
    }

    // A root that it trusts is listed.
    private async Task Trusts(RawCharger charger)
    {
        charger.Answers["GetInstalledCertificateIds"] = _ => new
        {
            status = "Accepted",
            certificateHashDataChain = new[] { new { certificateType = "CSMSRootCertificate", certificateHashData = Name } },
        };
        await stage.Ask(charger, "get-installed-certificates", new { use = "csmsRoot" }, "accepted");
        var page = await stage.Sees(charger, "/certificates", seen => seen["installed"]!.AsArray().Count == 1);
        Assert.Equal("7", page["installed"]![0]!["serialNumber"]!.GetValue<string>());
    }
}
