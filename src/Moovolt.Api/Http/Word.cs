namespace Moovolt.Api.Http;

/// <summary>
/// A parameter that is one word of a closed set, written as in JSON; in any case, and never as a number.
/// </summary>
internal readonly record struct Word<T>(T Value)
    where T : struct, Enum
{
    public static bool TryParse(string? text, out Word<T> word)
    {
        var known = Enum.TryParse<T>(text, ignoreCase: true, out var value) && !int.TryParse(text, out _);
        word = new Word<T>(value);
        return known;
    }
}
