using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.7: which roots do you trust? "NotFound" says that there are none.</summary>
[OcppAction("GetInstalledCertificateIds", OcppVersion.V16)]
public sealed record GetInstalledCertificateIds(
    [OneOf("CentralSystemRootCertificate",
        "ManufacturerRootCertificate")] string CertificateType) : ICsmsCall<ListCertificates>
{
    /// <summary>More roots than any charger has room for.</summary>
    private const int Most = 200;

    public sealed record Response(
        [MinItems(1)] ImmutableArray<CertificateHashData>? CertificateHashData,
        [OneOf("Accepted", "NotFound")] string Status);

    public static Wording ToCall(ListCertificates request) =>
        Wording.Of(new GetInstalledCertificateIds(CertificateTypes.WordOf(request.Use)));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted", "NotFound") switch
    {
        { State: RequestState.Accepted } yes =>
            yes with { Outcome = new CertificatesListed(Use, Names((Response)heard.Response)) },
        var no => no,
    };

    private CertificateUse Use => CertificateTypes.UseOf(CertificateType);

    private static ImmutableArray<CertificateName> Names(Response response) =>
        response.CertificateHashData is { } listed
        ? [.. listed.Where(data => data.IsWhole).Take(Most).Select(data => data.ToName())]
        : [];
}
