using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>A version of OCPP is a dialect, and nobody but Ocpp speaks one.</summary>
public sealed class VersionSpec
{
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

    // The gateway picks one from what the charger offers; the pretend charger offers one.
    private static bool MayNegotiate(string file) =>
        Path.GetFileName(file) is "Subprotocol.cs" or "Subprotocols.cs" or "Negotiation.cs"
        || file.StartsWith("src/Moovolt.Simulator/", StringComparison.Ordinal);

    private static IEnumerable<string> Sources(string under) => Repository.Files().Where(file =>
        file.StartsWith(under, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));
}
