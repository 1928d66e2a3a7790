using Microsoft.AspNetCore.Http;

namespace Moovolt.Api.Http;

/// <summary>
/// RFC 7240: how long the asker likes to wait for a charger's answer. What cannot be read is no preference.
/// </summary>
/// <param name="Wait">0 to 60 s.</param>
/// <param name="IsSaid">False when it is the default.</param>
internal readonly record struct Preference(TimeSpan Wait, bool IsSaid)
{
    private const int MostSeconds = 60;

    private static readonly Preference Default = new(TimeSpan.FromSeconds(10), IsSaid: false);

    public static Preference Of(HttpRequest request)
    {
        foreach (var preference in request.Headers.GetCommaSeparatedValues("Prefer"))
        {
            var parts = preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is [var name, var text] && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(text.Trim('"'), out var seconds))
                return new Preference(TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds)), IsSaid: true);
        }

        return Default;
    }
}
