using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>What the triggers are for (OCPP 1.6, 5.17), and what the security whitepaper adds: events and certificates.</summary>
[Collection(Scenarios.Name)]
public sealed class SecurityMeaningSpec(Stage stage)
{
    internal const string Csr = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIHaMIGAAgEAMB4xDTALBgNVBAMMBFNOLTExDTALBgNVBAoMBEFjbWUwWTATBgcq
        hkjOPQIBBggqhkjOPQMBBwNCAAQAfqMH9xieTqBveEDFLeTgczVCyfYn977RHUwG
        FmjikvY5GcuaPAEw7fUGNfLxbDno4VNnXiYSfRZwJSHuSmoFoAAwCgYIKoZIzj0E
        AwIDSQAwRgIhAOhoUChcUuu2It+9cI/8t8pyNzoOo0BmAjGMB63U060BAiEA4Oo+
        h1znqTjpfQL20dc1Cq5cONkO12G/dfPWUWglr+8=
        -----END CERTIFICATE REQUEST-----
        """;

    internal const string Root = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";

    private static readonly object Name = new { hashAlgorithm = "SHA256", issuerNameHash = "aa", issuerKeyHash = "bb", serialNumber = "7" };

    [Fact, Meaning("TriggerMessage", Way.ToCharger)]
    public async Task A_message_that_is_not_triggered_is_told_and_a_boot_that_was_is_seen()
    {
        await using var charger = await stage.Boot("TriggerMessage");
        charger.Says("TriggerMessage", "Rejected");
        await stage.Ask(charger, "trigger", new { what = "boot" }, "rejected");

        charger.Says("TriggerMessage", "Accepted");
        var command = await stage.Ask(charger, "trigger", new { what = "boot" }, "accepted");
        await charger.Call("BootNotification", new { chargePointVendor = "V", chargePointModel = "Again" });
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    [Fact, Meaning("ExtendedTriggerMessage", Way.ToCharger)]
    public async Task The_newer_trigger_is_tried_when_the_older_is_not_known_and_its_no_is_told()
    {
        await using var charger = await stage.Boot("ExtendedTriggerMessage");
        charger.Says("TriggerMessage", "NotImplemented");
        charger.Says("ExtendedTriggerMessage", "Rejected");
        await stage.Ask(charger, "trigger", new { what = "status", evse = 1 }, "rejected");

        var own = await stage.Sees($"commands?chargePoint={charger.Identity}&state=rejected", seen =>
            Stage.Items(seen).Any(item => item["requestedBy"]!.GetValue<string>() == "moovolt"));
        Assert.Equal(2, Stage.Items(own).Count());
        Assert.Equal("ExtendedTriggerMessage", charger.Asked.Last()[2]!.GetValue<string>());
    }

    [Fact, Meaning("SecurityEventNotification", Way.FromCharger)]
    public async Task A_security_event_is_kept_once_and_marked_when_it_is_critical()
    {
        await using var charger = await stage.Boot("SecurityEventNotification");
        var lid = new { type = "TamperDetectionActivated", timestamp = Charging.Now, techInfo = "lid" };
        Charging.Result(await charger.Call("SecurityEventNotification", lid));
        Charging.Result(await charger.Call("SecurityEventNotification", lid));

        var kept = Stage.Items(await stage.Sees(charger, "/security-events", seen => Stage.Items(seen).Any())).Single();
        Assert.True(kept["critical"]!.GetValue<bool>());
        Assert.Equal("lid", kept["details"]!.GetValue<string>());
    }

    [Fact, Meaning("SignCertificate", Way.FromCharger)]
    public async Task A_certificate_that_a_charger_asks_for_waits_to_be_signed()
    {
        await using var charger = await stage.Boot("SignCertificate");
        Assert.Equal("Rejected", Status(await charger.Call("SignCertificate", new { csr = "please" })));
        Assert.Equal("Accepted", Status(await charger.Call("SignCertificate", new { csr = Csr })));

        await stage.Sees(charger, "/certificates", seen => seen["requests"]!.AsArray().Count == 1);
    }

    [Fact, Meaning("CertificateSigned", Way.ToCharger)]
    public async Task A_certificate_that_the_charger_does_not_take_is_told()
    {
        await using var charger = await stage.Boot("CertificateSigned");
        charger.Says("CertificateSigned", "Rejected");
        var answer = await stage.Api.Post($"charge-points/{charger.Identity}/calls/CertificateSigned", new { certificateChain = "PEM" });
        Assert.Equal("rejected", Stage.State(answer));
    }

    [Fact, Meaning("InstallCertificate", Way.ToCharger)]
    public async Task A_root_that_the_charger_cannot_install_is_told()
    {
        await using var charger = await stage.Boot("InstallCertificate");
        charger.Says("InstallCertificate", "Failed");
        await stage.Ask(charger, "install-certificate", new { use = "csmsRoot", certificate = Root }, "rejected");
    }

    [Fact, Meaning("GetInstalledCertificateIds", Way.ToCharger)]
    public async Task The_roots_that_a_charger_trusts_can_be_looked_at()
    {
        await using var charger = await stage.Boot("GetInstalledCertificateIds");
        charger.Answers["GetInstalledCertificateIds"] = _ => new { status = "Accepted", certificateHashData = new[] { Name } };
        await stage.Ask(charger, "get-installed-certificates", new { use = "csmsRoot" }, "accepted");

        var page = await stage.Sees(charger, "/certificates", seen => seen["installed"]!.AsArray().Count == 1);
        Assert.Equal("7", page["installed"]![0]!["serialNumber"]!.GetValue<string>());
    }

    [Fact, Meaning("DeleteCertificate", Way.ToCharger)]
    public async Task A_root_that_is_deleted_is_gone()
    {
        await using var charger = await stage.Boot("DeleteCertificate");
        charger.Answers["GetInstalledCertificateIds"] = _ => new { status = "Accepted", certificateHashData = new[] { Name } };
        charger.Says("DeleteCertificate", "Accepted");
        await stage.Ask(charger, "get-installed-certificates", new { use = "csmsRoot" }, "accepted");
        await stage.Sees(charger, "/certificates", seen => seen["installed"]!.AsArray().Count == 1);

        await stage.Ask(charger, "delete-certificate", Name, "accepted");
        await stage.Sees(charger, "/certificates", seen => seen["installed"]!.AsArray().Count == 0);
    }

    private static string Status(JsonArray frame) => Charging.Result(frame)["status"]!.GetValue<string>();
}
