namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// Which configuration keys hold a secret, by their names: AuthorizationKey (OCPP 1.6 security whitepaper, A01), and
/// what vendors call passwords. The value of one is in no event, no table and no answer.
/// </summary>
public static class SecretKeys
{
    private static readonly string[] Signs =
        ["AuthorizationKey", "password", "passwd", "passphrase", "secret", "sharedKey", "privateKey", "apiKey"];

    public static bool Has(string key) => Signs.Any(sign => key.Contains(sign, StringComparison.OrdinalIgnoreCase));
}
