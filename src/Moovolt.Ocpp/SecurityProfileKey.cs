using System.Globalization;

namespace Moovolt.Ocpp;

/// <summary>The configuration key that a charger is moved to another security profile with (security whitepaper, A05).</summary>
public static class SecurityProfileKey
{
    private const string Name = "SecurityProfile";

    /// <summary>The profile that a value of a configuration key names; null for any other key.</summary>
    public static int? In(string key, string value) =>
        string.Equals(key.Trim(), Name, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(
            value,
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var profile)
            ? profile
            : null;
}
