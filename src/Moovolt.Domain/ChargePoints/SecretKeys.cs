using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// Which names are of secrets: AuthorizationKey (OCPP 1.6 security whitepaper, A01), BasicAuthPassword (2.x), and what
/// vendors call passwords and keys. The one list of them: whatever bears such a name has its value in no event, no table,
/// no answer, no log and no kept frame, and no command that would set it is written down.
/// </summary>
public static class SecretKeys
{
    /// <summary>The charger's own password, in the words of 1.6 and of 2.x.</summary>
    public static readonly ImmutableArray<string> Passwords = ["AuthorizationKey", "BasicAuthPassword"];

    /// <summary>What the name of a secret has in it, in any case.</summary>
    public static readonly ImmutableArray<string> Signs =
    [
        "AuthorizationKey", "password", "passwd", "passphrase", "secret", "sharedKey", "privateKey", "apiKey", "simPin",
    ];

    public static bool Has(string name)
    {
        foreach (var sign in Signs)
        {
            if (name.Contains(sign, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>Whether it is the charger's own password, by its whole name.</summary>
    public static bool IsPassword(string name) => Passwords.Contains(name, StringComparer.OrdinalIgnoreCase);
}
