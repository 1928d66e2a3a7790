using Akka.Configuration;

namespace Moovolt.Node.Signing;

/// <summary>Who signs what chargers ask to be signed, as <c>moovolt.certificate-authority</c> has it.</summary>
/// <param name="KeyFile">Where its private key is (PKCS #8, PEM).</param>
/// <param name="CertificateFile">Where its certificate is (PEM).</param>
/// <param name="Organization">What a request must name as its organisation (O); null: whatever it likes.</param>
/// <param name="Validity">How long a certificate is good from when it was asked for.</param>
internal sealed record AuthoritySettings(
    string KeyFile, string CertificateFile, string? Organization, TimeSpan Validity)
{
    private const string Path = "moovolt.certificate-authority";

    /// <summary>What is set; null when nobody signs here.</summary>
    /// <exception cref="SettingException">It says something that cannot be.</exception>
    public static AuthoritySettings? From(Config config, NodeSettings settings)
    {
        var given = config.GetConfig(Path);
        var mode = given.GetString("mode", "");
        if (mode.Length == 0) mode = settings is { Dev: true, Database: null } ? "development" : "none";
        if (mode == "none") return null;
        if (mode != "development")
            throw new SettingException($"{Path}.mode is \"{mode}\"; it is development, or none.");

        var (key, certificate) = (given.GetString("key-file", ""), given.GetString("certificate-file", ""));
        if ((key.Length == 0 || certificate.Length == 0) && settings.Database is not null)
        {
            throw new SettingException(
                $"{Path} needs key-file and certificate-file, the same on all nodes: any of them may be the one that signs.");
        }

        var validity = given.GetTimeSpan("validity");
        if (validity < TimeSpan.FromDays(1) || validity > DevelopmentAuthority.RootValidity)
        {
            throw new SettingException(
                $"{Path}.validity must be 1 to {DevelopmentAuthority.RootValidity.TotalDays} days.");
        }

        var organization = given.GetString("organization", "");
        return new AuthoritySettings(
            key.Length > 0 ? key : InData("certificate-authority.key"),
            certificate.Length > 0 ? certificate : InData("certificate-authority.pem"),
            organization.Length > 0 ? organization : null,
            validity);

        string InData(string file) => System.IO.Path.Combine(settings.DataDirectory, file);
    }
}
