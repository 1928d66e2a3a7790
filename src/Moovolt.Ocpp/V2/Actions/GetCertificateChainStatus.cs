using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.1, M07: are the certificates of a chain still good? The addresses that the charger names are not asked: they
/// are a stranger's.
/// </summary>
[OcppAction("GetCertificateChainStatus", OcppVersion.V21)]
public sealed record GetCertificateChainStatus(
    [MinItems(1), MaxItems(4)] ImmutableArray<CertificateStatusRequestInfo> CertificateStatusRequests) : IChargerCall
{
    public sealed record Response([MinItems(1), MaxItems(4)] ImmutableArray<CertificateStatus> CertificateStatus);

    // When to ask again where nobody has said so.
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    public Step Handle(Arrival arrival)
    {
        var names = CertificateStatusRequests.Select(asked => Certificates.NameOf(asked.CertificateHashData)).ToImmutableArray();
        return new Step.Inquire(new CertificateStatusInquiry(names), finding =>
        {
            var statuses = CertificateStatusRequests
                .Select(asked => StatusOf(asked, finding, arrival.At))
                .ToImmutableArray();
            return Answers.Record(
                arrival,
                InquiryKind.CertificateChainStatus,
                string.Join(' ', names.Select(name => name.SerialNumber)),
                string.Join(' ', statuses.Select(status => status.Status)),
                finding.By,
                finding is NothingFound ? Answers.WhyNothing(finding) : null,
                new Response(statuses));
        });
    }

    private static CertificateStatus StatusOf(CertificateStatusRequestInfo asked, Finding finding, DateTimeOffset now)
    {
        var name = Certificates.NameOf(asked.CertificateHashData);
        var standing = (finding as CertificateStatusesFound)?.Certificates.FirstOrDefault(known => known.Name == name);
        return new CertificateStatus(
            asked.CertificateHashData,
            asked.Source,
            $"{standing?.State ?? CertificateState.Failed}",
            standing?.NextUpdate ?? now + Later);
    }
}
