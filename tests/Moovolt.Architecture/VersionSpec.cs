using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>A version of OCPP is a dialect, and nobody but Ocpp speaks one.</summary>
public sealed class VersionSpec
{
    private static readonly Regex Texts = new("(?<!name=)\"[^\"\n]*\""); // what documents a parameter is no key

    // Of OCPP 1.6, 9 (the words that only a key is made of), and every component of OCPP 2.x that controls something.
    private static readonly Regex Keys = new(
        @"(?<!ChargerLimit\.)\b[A-Z]\w*(MaxKeys|MaxLength|MaxStackLevel|MaxPeriods|RateUnit|ZeroSupported|Installed|Enabled|Interval|TimeOut|"
        + @"SampledData|AlignedData|PhaseRotation|FeatureProfiles|PerMessage|PerSchedule|StackLevel|BasicAuthPassword)\b"
        + @"|\b\w+Ctrlr\b|\bSecurityProfile\b");

    private static readonly Regex Versions = new(@"\b(V16|V201|V21|V2|OcppVersion)\b");

    [Theory]
    [InlineData("V16", "V2")]
    [InlineData("V2", "V16")]
    public void Two_families_of_versions_do_not_know_each_other(string family, string other) =>
        Offenders.None(
            from file in Sources($"src/Moovolt.Ocpp/{family}/")
            where Regex.IsMatch(Repository.Read(file), $@"\bMoovolt\.Ocpp\.{other}\b|\b{other}\.")
            select file);

    [Fact]
    public void Versions_are_named_only_by_the_dialects_and_where_one_is_agreed_on() =>
        Offenders.None(
            from file in Sources("src/")
            where !file.StartsWith("src/Moovolt.Ocpp/", StringComparison.Ordinal) && !MayNegotiate(file)
            where Versions.IsMatch(Repository.Read(file))
            select file);

    /// <summary>
    /// A key or a variable is a word of one version: the dialects say what it means. What smells of a secret is watched
    /// for whatever it is called.
    /// </summary>
    [Fact]
    public void The_domain_and_the_cluster_hold_no_configuration_key_of_a_version() =>
        Offenders.None(
            from file in Sources("src/Moovolt.Domain/").Concat(Sources("src/Moovolt.Cluster/"))
            where Path.GetFileName(file) != "SecretKeys.cs"
            from Match text in Texts.Matches(Repository.Read(file))
            where Keys.IsMatch(text.Value)
            select $"{file}: {text.Value}");

    // The gateway picks one from what the charger offers; the pretend charger offers one.
    private static bool MayNegotiate(string file) =>
        Path.GetFileName(file) is "Subprotocol.cs" or "Subprotocols.cs" or "Negotiation.cs"
        || file.StartsWith("src/Moovolt.Simulator/", StringComparison.Ordinal);

    private static IEnumerable<string> Sources(string under) => Repository.Files().Where(file =>
        file.StartsWith(under, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));
}
