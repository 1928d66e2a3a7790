using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, M03: which roots do you trust? "NotFound" says that there are none.</summary>
[OcppAction("GetInstalledCertificateIds", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetInstalledCertificateIds(
    [OneOf(
        "V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate", "V2GCertificateChain",
        "ManufacturerRootCertificate")]
    [OneOf("OEMRootCertificate", Since = OcppVersion.V21)]
    [MinItems(1)]
    ImmutableArray<string>? CertificateType = null) : ICsmsCall<ListCertificates>
{
    public sealed record Response(
        [OneOf("Accepted", "NotFound")] string Status,
        StatusInfo? StatusInfo = null,
        [MinItems(1)] ImmutableArray<CertificateHashDataChain>? CertificateHashDataChain = null);

    /// <summary>More roots than any charger has room for.</summary>
    private const int Most = 200;

    public static Wording ToCall(ListCertificates request) =>
        Wording.Of(new GetInstalledCertificateIds([Certificates.WordOf(request.Use)]));

    // What was asked of several kinds at once, as a raw call may do, is no list of one kind.
    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted", "NotFound") switch
    {
        { State: RequestState.Accepted } yes when CertificateType is [var only] && Certificates.UseOf(only) is { } use =>
            yes with
            {
                Outcome = new CertificatesListed(use, Names((Response)heard.Response, only)),
            },
        var answer => answer,
    };

    private static ImmutableArray<CertificateName> Names(Response response, string kind) =>
        response.CertificateHashDataChain is not { IsDefaultOrEmpty: false } listed
            ? []
            :
            [
                .. listed.Where(chain => chain.CertificateType == kind && Certificates.IsWhole(chain.CertificateHashData))
                    .Take(Most).Select(chain => Certificates.NameOf(chain.CertificateHashData)),
            ];
}
