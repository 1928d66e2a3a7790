namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// Numbers of companies for taxes, by their form only: whether such a company exists, a register must say. Brazil's
/// CNPJ (Receita Federal, Instrução Normativa 2.229 of 2024: letters too), and the member states of the European Union
/// with their prefix.
/// </summary>
public static class VatNumbers
{
    private const int CnpjLength = 14;
    private const string States = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI";

    /// <summary>Whether a number may be one. Blanks, dots, slashes and dashes do not count.</summary>
    public static bool IsWellFormed(string number)
    {
        var text = string.Concat(number.Where(c => c is not (' ' or '.' or '/' or '-'))).ToUpperInvariant();
        return IsCnpj(text) || IsOfAState(text);
    }

    private static bool IsOfAState(string text) =>
        text.Length is >= 10 and <= 14
        && States.Split(' ').Contains(text[..2], StringComparer.Ordinal)
        && text.AsSpan(2).ContainsAnyInRange('0', '9')
        && text[2..].All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c) || c is '+' or '*');

    // Twelve letters or digits, and two digits that are the remainders of their weighted sums by 11.
    private static bool IsCnpj(string text)
    {
        if (text.Length != CnpjLength || text.Distinct().Count() == 1) return false;
        if (!text[..12].All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c))) return false;
        return text[12] == CheckDigit(text[..12]) && text[13] == CheckDigit(text[..13]);
    }

    // A letter counts by its place in ASCII, from that of zero on. The weights run from 2 to 9, from the right.
    private static char CheckDigit(string text)
    {
        var sum = text.Reverse().Select((c, n) => (c - '0') * (2 + (n % 8))).Sum();
        var rest = sum % 11;
        return (char)('0' + (rest < 2 ? 0 : 11 - rest));
    }
}
