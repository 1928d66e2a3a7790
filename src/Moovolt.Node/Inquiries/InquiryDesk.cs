using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moovolt.Domain.ChargePoints;
using Moovolt.Gateway;
using Moovolt.Node.Signing;

namespace Moovolt.Node.Inquiries;

/// <summary>Who answers which of the chargers' questions on this node.</summary>
internal sealed class InquiryDesk : IInquiries, IDisposable
{
    private readonly InquirySettings settings;
    private readonly List<ProviderClient> clients = [];
    private readonly X509Certificate2Collection roots = [];
    private readonly ContractIssuer? issuer;
    private readonly StatusResponder statuses;
    private readonly ContractJudge contracts;
    private readonly CompanyRegister companies;

    /// <param name="authority">That of this node; null when it has none.</param>
    /// <exception cref="SettingException">A file of roots cannot be used.</exception>
    public InquiryDesk(InquirySettings settings, DevelopmentAuthority? authority, TimeProvider time)
    {
        this.settings = settings;
        foreach (var file in settings.RootFiles) AddRoots(file);
        if (authority is not null) roots.ImportFromPem(authority.Root);
        issuer = ClientOf(settings.Contracts) is { } client ? new ContractIssuer(client) : null;
        statuses = new StatusResponder(ClientOf(settings.Statuses), authority, time);
        contracts = new ContractJudge(roots, statuses, time);
        companies = new CompanyRegister(ClientOf(settings.Companies));
    }

    public TimeSpan Patience => settings.Patience;

    public Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation) => inquiry switch
    {
        ContractCertificateInquiry asked when issuer is not null => issuer.IssueAsync(asked, cancellation),
        ContractCertificateInquiry => Nobody("Nobody is set to issue contract certificates."),
        CertificateStatusInquiry asked => statuses.AnswerAsync(asked, cancellation),
        ContractInquiry asked => contracts.JudgeAsync(asked, cancellation),
        VatInquiry asked => companies.FindAsync(asked, cancellation),
        _ => Nobody($"Nobody answers {inquiry.GetType().Name}."),
    };

    public void Dispose()
    {
        foreach (var client in clients) client.Dispose();
        foreach (var root in roots) root.Dispose();
    }

    private static Task<Finding> Nobody(string why) => Task.FromResult<Finding>(new NothingFound("nobody", "NotEnabled", why));

    private ProviderClient? ClientOf(Provider? provider)
    {
        if (provider is null) return null;
        var client = new ProviderClient(provider);
        clients.Add(client);
        return client;
    }

    private void AddRoots(string file)
    {
        try
        {
            roots.ImportFromPem(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"{file}, a root of contracts, cannot be read: {unreadable.Message}");
        }
    }
}
