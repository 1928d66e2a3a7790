using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>
/// What the actions are for that only somebody outside can answer (OCPP 2.0.1, M; 2.1, M06 and C): that it was asked is
/// recorded, also when nobody outside is there to answer.
/// </summary>
[Collection(Scenarios.Name)]
public sealed class InquiryMeaningSpec(Stage stage)
{
    private static readonly object Hash = new { hashAlgorithm = "SHA256", issuerNameHash = "aa", issuerKeyHash = "bb", serialNumber = "7" };

    [Theory, Means("Get15118EVCertificate", Way.FromCharger)]
    public Task That_a_car_asked_for_a_contract_certificate_is_recorded(string version) => IsRecorded(
        version,
        "Get15118EVCertificate",
        new { iso15118SchemaVersion = "urn:iso:15118:2:2013:MsgDef", action = "Install", exiRequest = "AAEC" },
        "contractCertificate");

    [Theory, Means("GetCertificateStatus", Way.FromCharger)]
    public Task That_a_station_asked_how_a_certificate_is_is_recorded(string version) => IsRecorded(
        version,
        "GetCertificateStatus",
        new
        {
            ocspRequestData = new
            {
                hashAlgorithm = "SHA256", issuerNameHash = "aa", issuerKeyHash = "bb", serialNumber = "7", responderURL = "http://127.0.0.1:9/",
            },
        },
        "certificateStatus");

    [Theory, Means("GetCertificateChainStatus", Way.FromCharger)]
    public Task That_a_station_asked_how_a_chain_is_is_recorded(string version) => IsRecorded(
        version,
        "GetCertificateChainStatus",
        new { certificateStatusRequests = new[] { new { certificateHashData = Hash, source = "OCSP", urls = new[] { "http://127.0.0.1:9/" } } } },
        "certificateChainStatus");

    [Theory, Means("VatNumberValidation", Way.FromCharger)]
    public Task That_a_station_asked_for_a_company_is_recorded(string version) => IsRecorded(
        version, "VatNumberValidation", new { vatNumber = "11.222.333/0001-81" }, "vatNumber");

    private async Task IsRecorded(string version, string action, object payload, string kind)
    {
        await using var charger = await stage.Boot(version, action);
        Charging.Result(await charger.Call(action, payload));
        Assert.Single(Stage.Items(await stage.Sees(
            charger, $"/inquiries?kind={kind}", seen => Stage.Items(seen).Any())));
    }
}
