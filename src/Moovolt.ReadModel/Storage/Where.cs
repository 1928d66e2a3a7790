using System.Globalization;
using System.Text;

namespace Moovolt.ReadModel.Storage;

/// <summary>
/// Puts together the conditions of a list: fixed texts with ? where a value goes, and the values apart.
/// </summary>
internal sealed class Where
{
    private readonly StringBuilder text = new();
    private readonly List<object?> values = [];

    public Where And(string condition, params object?[] its)
    {
        text.Append(text.Length == 0 ? " where " : " and ");
        Append(condition, its);
        return this;
    }

    public Where AndIf(bool asked, string condition, params object?[] its) => asked ? And(condition, its) : this;

    /// <summary>The statement that reads: what comes before, the conditions, what comes after.</summary>
    public Statement Select(string select, string then, params object?[] its)
    {
        Append(" " + then, its);
        return new Statement(select + text, [.. values]);
    }

    /// <summary>A pattern that finds the text anywhere, for <c>like ? escape '\'</c>.</summary>
    public static string Anywhere(string search) =>
        $"%{search.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    /// <summary>As many <c>?</c>, or groups of them, as there are things, with commas between.</summary>
    public static string Places(int things, string place = "?") => string.Join(", ", Enumerable.Repeat(place, things));

    private void Append(string condition, object?[] its)
    {
        var next = 0;
        foreach (var c in condition)
        {
            if (c != '?')
            {
                text.Append(c);
                continue;
            }

            values.Add(its[next++]);
            text.Append('$').Append(values.Count.ToString(CultureInfo.InvariantCulture));
        }
    }
}
