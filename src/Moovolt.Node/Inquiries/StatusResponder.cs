using System.Collections.Immutable;
using System.Formats.Asn1;
using Moovolt.Domain.ChargePoints;
using Moovolt.Node.Signing;

namespace Moovolt.Node.Inquiries;

/// <summary>
/// How certificates are, by the responder that was set (RFC 6960 over HTTP, appendix A.1), or else by the authority of
/// this node, of those that it signed itself: it takes none back.
/// </summary>
internal sealed class StatusResponder(ProviderClient? provider, DevelopmentAuthority? authority, TimeProvider time)
{
    // The same a day later: a charger keeps what it was told so long at most.
    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    public async Task<Finding> AnswerAsync(CertificateStatusInquiry inquiry, CancellationToken cancellation)
    {
        if (provider is null && authority is null)
            return new NothingFound("nobody", "NotEnabled", "Nobody is set to answer how certificates are.");

        var standings = ImmutableArray.CreateBuilder<CertificateStanding>();
        foreach (var name in inquiry.Certificates) standings.Add(await AskAsync(name, cancellation));
        return new CertificateStatusesFound(provider?.Name ?? "development authority", standings.ToImmutable());
    }

    private async Task<CertificateStanding> AskAsync(CertificateName name, CancellationToken cancellation)
    {
        try
        {
            return provider is null ? Own(name) : await OverHttpAsync(name, provider, cancellation);
        }
        catch (Exception senseless) when (senseless is FormatException or AsnContentException)
        {
            return new CertificateStanding(name, CertificateState.Failed, null, null);
        }
    }

    private static async Task<CertificateStanding> OverHttpAsync(
        CertificateName name, ProviderClient provider, CancellationToken cancellation)
    {
        var (answer, _) = await provider.PostAsync(Ocsp.Request(name), Ocsp.RequestType, cancellation);
        if (answer is null) return new CertificateStanding(name, CertificateState.Failed, null, null);
        var (state, nextUpdate) = Ocsp.Read(answer);
        return new CertificateStanding(name, state, nextUpdate, Convert.ToBase64String(answer));
    }

    private CertificateStanding Own(CertificateName name)
    {
        var (now, until) = (time.GetUtcNow(), time.GetUtcNow() + GoodFor);
        return authority?.SayGood(name, now, until) is { } answer
            ? new CertificateStanding(name, CertificateState.Good, until, Convert.ToBase64String(answer))
            : new CertificateStanding(name, CertificateState.Unknown, null, null);
    }
}
