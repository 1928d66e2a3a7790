using System.Text.RegularExpressions;

namespace Moovolt.Domain;

/// <summary>
/// Where chargers fetch and upload files. Some only know FTP, and FTP wants a user and a password: in the address. The
/// charger needs them; nobody else may see them.
/// </summary>
public static partial class FileAddress
{
    /// <summary>The address, or any text with addresses in it, as people may read it.</summary>
    public static string WithoutUser(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? User().Replace(text, "://") : text;

    // The authority's part before its @: RFC 3986, 3.2.1.
    [GeneratedRegex("""://[^/?#\s"]*@""", RegexOptions.CultureInvariant)]
    private static partial Regex User();
}
