using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>Stored conversations with chargers, a file per action. A line may be added, and never edited.</summary>
public sealed class GoldenFrameSpec
{
    private static readonly string Here = AppContext.BaseDirectory;

    public static TheoryData<string> Files() => [.. Directory
        .EnumerateFiles(Here, "*.golden", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Here, path))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_stored_conversation_goes_the_same_way_today(string file)
    {
        var dialect = Dialect.All.Single(known => $"{known.Version}" == Path.GetDirectoryName(file));
        foreach (var conversation in Conversations(File.ReadAllLines(Path.Combine(Here, file))))
            Assert.Equal(string.Join('\n', conversation), string.Join('\n', Conversation.Tell(dialect, conversation)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_action_has_stored_conversations(OcppVersion version) => Assert.All(
        ActionCatalog.All(version),
        action => Assert.True(File.Exists(Path.Combine(Here, $"{version}", $"{action.Name}.golden")), action.Name));

    public static TheoryData<OcppVersion> Versions() => [.. Dialect.All.Select(dialect => dialect.Version)];

    // Blank lines part conversations; # begins a remark.
    private static IEnumerable<List<string>> Conversations(IEnumerable<string> lines)
    {
        var conversation = new List<string>();
        foreach (var line in lines.Append(""))
        {
            if (line.StartsWith('#')) continue;
            if (line.Length > 0) conversation.Add(line);
            else if (conversation.Count > 0)
            {
                yield return conversation;
                conversation = [];
            }
        }
    }
}
