using Akka.Actor;
using Moovolt.Domain;
using Xunit;

namespace Moovolt.Journal.Tests;

/// <summary>
/// Messages between nodes as some version of this program has sent them: name, bytes in hexadecimal, what they say. A line
/// may be added to golden/messages.txt, never edited: members of a cluster differ by one version while they are upgraded.
/// </summary>
public sealed class GoldenMessageSpec : IDisposable
{
    private static readonly string[] Lines = Golden("messages.txt");

    private readonly ActorSystem _system = ActorSystem.Create("golden-messages", "akka.loglevel = ERROR");

    public static TheoryData<string> Rows => [.. Lines];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_a_neighbour_sends_can_be_read(string row)
    {
        var (name, bytes, says) = Split(row);

        var today = Printed.Of(JournalFormat.Read(name, bytes));

        Assert.Null(PrintedTree.Parse(says).Unlike(PrintedTree.Parse(today)));
    }

    [Fact]
    public void Every_message_has_a_golden_row_that_says_all_of_its_members()
    {
        var missing = JournalFormat.Known.Keys.Where(IsMessage).Select(SampleValues.Full)
            .Select(value => $"{JournalFormat.ManifestOf(value)} {Convert.ToHexString(JournalFormat.Write(value))} {Printed.Of(value)}")
            .Except(Lines)
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.True(missing.Length == 0, "Add to golden/messages.txt:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void What_a_newer_neighbour_says_besides_is_passed_over()
    {
        byte[] besides = [0xC0, 0xB2, 0x04, 0x2A, 0xCA, 0xB2, 0x04, 0x02, 0x68, 0x69]; // 9000: 42, 9001: "hi"
        foreach (var (name, bytes, _) in Lines.Concat(Golden("rows.txt")).Select(Split))
        {
            if (!JournalFormat.Known.Values.Contains(name)) continue; // a snapshot of a former name
            Assert.Equal(
                Printed.Of(JournalFormat.Read(name, bytes)),
                Printed.Of(JournalFormat.Read(name, (byte[])[.. bytes, .. besides])));
        }
    }

    [Fact]
    public void An_envelope_is_eight_bytes_of_ticket_before_what_it_carries_and_a_mark_before_its_name()
    {
        var serializer = new MoovoltSerializer((ExtendedActorSystem)_system);
        Assert.Equal(7_001, serializer.Identifier);
        foreach (var (name, bytes, _) in Lines.Select(Split))
        {
            object? envelope = JournalFormat.Read(name, bytes) switch
            {
                Command command => new Request(258, command),
                Reply reply => new Answer(258, reply),
                _ => null, // what is delivered to a session needs no answer, and has no envelope
            };
            if (envelope is null) continue;
            var (manifest, sent) = (serializer.Manifest(envelope), serializer.ToBinary(envelope));
            Assert.Equal((envelope is Request ? "?" : "!") + name, manifest);
            Assert.Equal("0201000000000000", Convert.ToHexString(sent[..8]));
            Assert.Equal(JournalFormat.Write(JournalFormat.Read(name, bytes)), sent[8..]);
            Assert.IsType(envelope.GetType(), serializer.FromBinary(sent, manifest));
        }
    }

    [Theory]
    [InlineData("?cp-from-the-future", "0201000000000000")]
    [InlineData("!re-from-the-future", "0201000000000000")]
    [InlineData("?", "0201")]
    [InlineData("from-the-future", "")]
    public void A_message_that_this_program_does_not_know_is_no_exception(string manifest, string bytes)
    {
        var serializer = new MoovoltSerializer((ExtendedActorSystem)_system);

        Assert.IsType<UnknownStored>(serializer.FromBinary(Convert.FromHexString(bytes), manifest));
    }

    public void Dispose() => _system.Dispose();

    private static bool IsMessage(Type type) =>
        type.IsSubclassOf(typeof(Command)) || type.IsSubclassOf(typeof(Reply)) || type.IsSubclassOf(typeof(Delivery));

    private static string[] Golden(string file) =>
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", file)).Where(line => line.Length > 0)];

    private static (string Name, byte[] Bytes, string Says) Split(string row)
    {
        var parts = row.Split(' ', 3);
        return (parts[0], Convert.FromHexString(parts[1]), parts[2]);
    }
}
