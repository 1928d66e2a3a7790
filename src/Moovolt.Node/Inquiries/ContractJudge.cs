using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Node.Inquiries;

/// <summary>
/// Whether the certificate of a contract is good (OCPP 2.0.1, C07): its chain ends at a root that is believed, its time is
/// not over, and nobody has taken it back.
/// </summary>
/// <param name="roots">Whose contracts are believed.</param>
internal sealed class ContractJudge(X509Certificate2Collection roots, StatusResponder statuses, TimeProvider time)
{
    private const string Ours = "moovolt";

    public async Task<Finding> JudgeAsync(ContractInquiry inquiry, CancellationToken cancellation)
    {
        if (inquiry.Chain is { } chain && JudgeChain(chain) is var status && status != ContractStatus.Accepted)
            return new ContractFound(Ours, status);
        if (inquiry.Certificates.IsEmpty) return new ContractFound(Ours, ContractStatus.Accepted);

        return await statuses.AnswerAsync(new CertificateStatusInquiry(inquiry.Certificates), cancellation) switch
        {
            CertificateStatusesFound found => new ContractFound(found.By, StatusOf(found)),
            var nothing => nothing,
        };
    }

    private static ContractStatus StatusOf(CertificateStatusesFound found)
    {
        if (found.Certificates.Any(one => one.State == CertificateState.Revoked)) return ContractStatus.CertificateRevoked;
        return found.Certificates.All(one => one.State == CertificateState.Good)
            ? ContractStatus.Accepted
            : ContractStatus.NoCertificateAvailable;
    }

    private ContractStatus JudgeChain(string pem)
    {
        var shown = new X509Certificate2Collection();
        try
        {
            shown.ImportFromPem(pem);
            if (shown.Count == 0) return ContractStatus.CertChainError;
            if (shown[0].NotAfter.ToUniversalTime() < time.GetUtcNow().UtcDateTime) return ContractStatus.CertificateExpired;
            if (roots.Count == 0) return ContractStatus.NoCertificateAvailable;

            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
            chain.ChainPolicy.ExtraStore.AddRange(shown);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
            if (chain.Build(shown[0])) return ContractStatus.Accepted;
            return chain.ChainStatus.Any(wrong => wrong.Status.HasFlag(X509ChainStatusFlags.NotSignatureValid))
                ? ContractStatus.SignatureError
                : ContractStatus.CertChainError;
        }
        catch (CryptographicException)
        {
            return ContractStatus.CertChainError;
        }
        finally
        {
            foreach (var certificate in shown) certificate.Dispose();
        }
    }
}
