using Akka.Configuration;

namespace Moovolt.Node.Inquiries;

/// <summary>Somebody outside who is asked over HTTP.</summary>
/// <param name="Url">Where.</param>
/// <param name="Authorization">The header of that name; null for none.</param>
internal sealed record Provider(Uri Url, string? Authorization);

/// <summary>Who answers what chargers ask, as <c>moovolt.inquiries</c> has it.</summary>
/// <param name="Patience">How long a charger waits for an answer.</param>
/// <param name="Contracts">Who issues contract certificates; null for nobody.</param>
/// <param name="Statuses">Who knows how certificates are; null: the authority of this node, of its own ones.</param>
/// <param name="RootFiles">Whose contracts are believed: certificates in PEM.</param>
/// <param name="Companies">Who knows companies; null: only the form of a number is looked at.</param>
internal sealed record InquirySettings(
    TimeSpan Patience,
    Provider? Contracts,
    Provider? Statuses,
    IReadOnlyList<string> RootFiles,
    Provider? Companies)
{
    private const string Path = "moovolt.inquiries";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <exception cref="SettingException">It says something that cannot be.</exception>
    public static InquirySettings From(Config config)
    {
        var given = config.GetConfig(Path);
        var patience = given.GetTimeSpan("patience");
        if (patience <= TimeSpan.Zero || patience > Longest)
        {
            throw new SettingException($"{Path}.patience must be more than 0 and at most {Longest.TotalSeconds} s: "
                + "chargers give up after 30 s or so.");
        }

        return new InquirySettings(
            patience,
            ProviderAt(given, "contract-certificates"),
            ProviderAt(given, "certificate-status"),
            [.. given.GetStringList("contract-roots")],
            ProviderAt(given, "vat-numbers"));
    }

    private static Provider? ProviderAt(Config given, string name)
    {
        var (url, file) = (given.GetString($"{name}.url", ""), given.GetString($"{name}.authorization-file", ""));
        if (url.Length == 0) return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new SettingException($"{Path}.{name}.url is \"{url}\"; it is an address with http or https.");
        try
        {
            return new Provider(address, file.Length == 0 ? null : File.ReadAllText(file).Trim());
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{Path}.{name}.authorization-file {file} cannot be read: {unreadable.Message}");
        }
    }
}
