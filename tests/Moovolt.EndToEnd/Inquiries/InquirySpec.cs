using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Inquiries;

/// <summary>
/// What chargers ask and only somebody outside can answer: contract certificates, how certificates are, numbers of
/// companies. It is recorded, and answered in any case.
/// </summary>
public sealed class InquirySpec(InquiringNode fixture) : IClassFixture<InquiringNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private MoovoltProcess Node => fixture.Node;

    public static TheoryData<string> Versions => ["ocpp2.0.1", "ocpp2.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Get15118EVCertificate_is_passed_to_the_provider_and_its_answer_to_the_car(string version)
    {
        await using var charger = await Stepping.BootKnown(Node, $"EV-{version}", version);
        fixture.Provider.Answers["contracts"] = _ => Provider.Json(new { exiResponse = "gJgCRESPONSE", remainingContracts = 1 });
        var answer = await GetCertificate(charger, "gJgCREQUEST");

        Assert.Equal(("Accepted", "gJgCRESPONSE"), (Text(answer, "status"), Text(answer, "exiResponse")));
        var asked = fixture.Provider.AskedJson("contracts");
        Assert.Equal(("Install", "gJgCREQUEST"), (Text(asked, "action"), Text(asked, "exiRequest")));
        Assert.Equal("Bearer of-the-provider", fixture.Provider.Asked["contracts"].Authorization);
        var kept = await Recorded(charger, "contractCertificate");
        Assert.Equal(("Accepted", "127.0.0.1"), (Text(kept, "status"), Text(kept, "by")));

        // The key of the contract is in what the car gets: nobody else sees it.
        var messages = await Eventually.Get(
            () => Node.Api.All($"charge-points/{charger.Identity}/messages"),
            all => all.Count(row => row.ToJsonString().Contains("***", StringComparison.Ordinal)) == 2, Soon);
        Assert.DoesNotContain(messages, row => row.ToJsonString().Contains("gJgC", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Get15118EVCertificate_is_answered_Failed_when_the_provider_is_silent_and_what_comes_behind_it_too(string version)
    {
        await using var charger = await Stepping.BootKnown(Node, $"SILENT-{version}", version);
        fixture.Provider.Answers.Remove("contracts");
        var asked = GetCertificate(charger, "AAEC");
        var behind = charger.Call("Heartbeat", new { });

        var answer = await asked;
        Assert.Equal(("Failed", "NoAnswer"), (Text(answer, "status"), Text(answer["statusInfo"]!, "reasonCode")));
        Charging.Result(await behind);
        Assert.Equal("Failed", Text(await Recorded(charger, "contractCertificate"), "status"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task GetCertificateStatus_is_answered_by_the_built_in_authority_for_its_own_certificates(string version)
    {
        await using var charger = await Stepping.BootKnown(Node, $"OCSP-{version}", version);
        var answer = Charging.Result(await charger.Call("GetCertificateStatus", new { ocspRequestData = Hash("1f", withUrl: true) }));
        Assert.Equal("Accepted", Text(answer, "status"));
        Assert.NotEmpty(Convert.FromBase64String(Text(answer, "ocspResult")!));
        Assert.Equal("Accepted", Text(await Recorded(charger, "certificateStatus"), "status"));

        var stranger = Charging.Result(await charger.Call("GetCertificateStatus", new
        {
            ocspRequestData = new
            {
                hashAlgorithm = "SHA256", issuerNameHash = "aa", issuerKeyHash = "bb", serialNumber = "01", responderURL = "http://127.0.0.1:9/",
            },
        }));
        Assert.Equal(("Failed", "NotFound"), (Text(stranger, "status"), Text(stranger["statusInfo"]!, "reasonCode")));
    }

    [Fact]
    public async Task GetCertificateChainStatus_says_how_each_certificate_is()
    {
        await using var charger = await Stepping.BootKnown(Node, "CHAIN", "ocpp2.1");
        var unknown = new { hashAlgorithm = "SHA256", issuerNameHash = "aa", issuerKeyHash = "bb", serialNumber = "02" };
        var answer = Charging.Result(await charger.Call("GetCertificateChainStatus", new
        {
            certificateStatusRequests = new[]
            {
                new { certificateHashData = (object)Hash("1f"), source = "OCSP", urls = new[] { "http://127.0.0.1:9/" } },
                new { certificateHashData = (object)unknown, source = "OCSP", urls = new[] { "http://127.0.0.1:9/" } },
            },
        }));
        Assert.Equal(["Good", "Unknown"], answer["certificateStatus"]!.AsArray().Select(one => Text(one!, "status")));
        Assert.Equal("Good Unknown", Text(await Recorded(charger, "certificateChainStatus"), "status"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Authorize_with_a_contract_is_judged_by_its_certificate_and_its_token(string version)
    {
        var id = $"CONTRACT-{version}";
        await using var charger = await Stepping.BootKnown(Node, id, version);
        await Node.Api.Accept(id);
        var good = await Authorize(charger, id, new { iso15118CertificateHashData = new[] { Hash("2f", withUrl: true) } });
        Assert.Equal(("Accepted", "Accepted"), good);
        await Node.Api.Put($"tokens/BLOCKED-{version}", new { status = "blocked" });
        var blocked = await Authorize(charger, $"BLOCKED-{version}", new { iso15118CertificateHashData = new[] { Hash("2f", withUrl: true) } });
        Assert.Equal(("Blocked", "Accepted"), blocked);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256);
        using var untrusted = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        using var expired = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1));
        Assert.Equal(("Invalid", "CertChainError"), await Authorize(charger, id, new { certificate = untrusted.ExportCertificatePem() }));
        Assert.Equal(("Invalid", "CertificateExpired"), await Authorize(charger, id, new { certificate = expired.ExportCertificatePem() }));

        var kept = await Eventually.Get(
            () => Node.Api.All($"charge-points/{id}/inquiries?kind=contract"), all => all.Count == 4, Soon);
        Assert.Equal(
            ["CertificateExpired", "CertChainError", "Accepted", "Accepted"], kept.Select(row => Text(row, "status")));
        Assert.Equal(id, Text(kept[0], "subject"));
    }

    [Theory]
    [InlineData("11.222.333/0001-81", "Accepted")]
    [InlineData("11.222.333/0001-82", "Rejected")]
    [InlineData("PT501964843", "Accepted")]
    public async Task VatNumberValidation_looks_at_the_form_and_says_so(string number, string status)
    {
        await using var charger = await Stepping.BootKnown(Node, $"VAT-{status}-{number[..2]}", "ocpp2.1");
        var answer = Charging.Result(await charger.Call("VatNumberValidation", new { vatNumber = number, evseId = 1 }));
        Assert.Equal((status, number), (Text(answer, "status"), Text(answer, "vatNumber")));
        Assert.Contains("form", Text(answer["statusInfo"]!, "additionalInfo"), StringComparison.Ordinal);
        var kept = await Recorded(charger, "vatNumber");
        Assert.Equal((status, number), (Text(kept, "status"), Text(kept, "subject")));
    }

    private static async Task<(string? Token, string? Certificate)> Authorize(RawCharger charger, string token, object more)
    {
        var payload = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        payload["idToken"] = new JsonObject { ["idToken"] = token, ["type"] = "eMAID" };
        var answer = Charging.Result(await charger.Call("Authorize", payload));
        return (Text(answer["idTokenInfo"]!, "status"), Text(answer, "certificateStatus"));
    }

    private static async Task<JsonNode> GetCertificate(RawCharger charger, string exi) => Charging.Result(
        await charger.Call("Get15118EVCertificate", new
        {
            iso15118SchemaVersion = "urn:iso:15118:2:2013:MsgDef", action = "Install", exiRequest = exi,
        }));

    private async Task<JsonNode> Recorded(RawCharger charger, string kind)
    {
        var rows = await Eventually.Get(
            () => Node.Api.All($"charge-points/{charger.Identity}/inquiries?kind={kind}"), all => all.Count > 0, Soon);
        return rows[^1];
    }

    // How a certificate of the built-in authority is named (RFC 6960, 4.1.1).
    private JsonObject Hash(string serial, bool withUrl = false)
    {
        using var root = X509Certificate2.CreateFromPem(
            File.ReadAllText(Path.Combine(Node.DataDirectory, "certificate-authority.pem")));
        var hash = new JsonObject
        {
            ["hashAlgorithm"] = "SHA256",
            ["issuerNameHash"] = Convert.ToHexStringLower(SHA256.HashData(root.SubjectName.RawData)),
            ["issuerKeyHash"] = Convert.ToHexStringLower(SHA256.HashData(root.GetPublicKey())),
            ["serialNumber"] = serial,
        };
        if (withUrl) hash["responderURL"] = "http://127.0.0.1:9/";
        return hash;
    }

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();
}
