namespace Moovolt.Journal.Tests;

/// <summary>
/// What <see cref="Printed"/> has printed, read again: to compare a row of years ago with what is read from it today,
/// when its record may have gained members that the row knows nothing of.
/// </summary>
internal sealed record PrintedTree(string Text, IReadOnlyList<(string Name, PrintedTree Value)> Members)
{
    public static PrintedTree Parse(string text)
    {
        var at = 0;
        var tree = Value(text, ref at);
        return at == text.Length ? tree : throw new FormatException($"Unread from {at}: {text[at..]}");
    }

    /// <summary>Where today's reading says something else than the row; null when it says all of it, and nothing more.</summary>
    public string? Unlike(PrintedTree today, string path = "")
    {
        if (Text != today.Text) return $"{path}: {Text} was stored, and {today.Text} is read";
        foreach (var (name, value) in Members)
        {
            var found = today.Members.FirstOrDefault(member => member.Name == name).Value;
            if (found is null) return $"{path}.{name} is gone";
            if (value.Unlike(found, $"{path}.{name}") is { } other) return other;
        }

        var invented = today.Members.Where(member => Members.All(known => known.Name != member.Name) && !member.Value.IsNothing);
        return invented.Select(member => $"{path}.{member.Name} was never stored").FirstOrDefault();
    }

    private bool IsNothing => Text is "null" or "0" or "False" or "\"\"" || (Text == "[" && Members.Count == 0);

    private static PrintedTree Value(string text, ref int at)
    {
        if (text[at] == '"') return new PrintedTree(Quoted(text, ref at), []);
        if (text[at] == '[') return new PrintedTree("[", Items(text, ref at));
        var begin = at;
        while (at < text.Length && text[at] is not ('{' or ',' or '}' or ']')) at++;
        var word = text[begin..at];
        return at < text.Length && text[at] == '{' ? new PrintedTree(word, Fields(text, ref at)) : new PrintedTree(word, []);
    }

    private static string Quoted(string text, ref int at)
    {
        var begin = at++;
        while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
        return text[begin..++at];
    }

    private static List<(string, PrintedTree)> Items(string text, ref int at)
    {
        var items = new List<(string, PrintedTree)>();
        for (at++; text[at] != ']'; at += text[at] == ',' ? 1 : 0) items.Add(($"{items.Count}", Value(text, ref at)));
        at++;
        return items;
    }

    private static List<(string, PrintedTree)> Fields(string text, ref int at)
    {
        var fields = new List<(string, PrintedTree)>();
        for (at++; text[at] != '}'; at += text[at] == ',' ? 1 : 0)
        {
            var colon = text.IndexOf(':', at);
            var name = text[at..colon];
            at = colon + 1;
            fields.Add((name, Value(text, ref at)));
        }

        at++;
        return fields;
    }
}
