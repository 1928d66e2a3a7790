using System.Text;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// A charger's password, from an operator's text to the octets that the charger will send. OCPP 2.x: 16 to 40
/// characters (A00.FR.205). OCPP 1.6: 16 to 20 octets, written as 32 to 40 hex digits (AuthorizationKey; security
/// white paper, A00.FR.205), which need not be text at all.
/// </summary>
internal static class Passwords
{
    private const int Shortest = 16;
    private const int Longest = 40;
    private const int ShortestHex = 32;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Wrong(string password)
    {
        if (password.Length is < Shortest or > Longest)
            return $"'password' has {Shortest} to {Longest} characters, or is a key of {ShortestHex} to {Longest} hex "
                + "digits.";
        return password.All(c => c is > ' ' and <= '~')
            ? null
            : "'password' has only visible ASCII characters, and no space.";
    }

    /// <summary>The octets of a password that is not wrong.</summary>
    public static byte[] Octets(string password) =>
        password.Length >= ShortestHex && password.Length % 2 == 0 && password.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(password)
            : Encoding.UTF8.GetBytes(password);
}
