using Akka.TestKit.Xunit2;
using Moovolt.Domain;
using Moovolt.Journal;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

public sealed class SerializationSpec(ITestOutputHelper output) : TestKit(Hocon.Node(Hocon.Member), output: output)
{
    [Fact]
    public void Nothing_of_ours_falls_through_to_Akkas_default_serializer() => Assert.All(
        JournalFormat.Known.Keys.Append(typeof(Request)).Append(typeof(Answer)).Append(typeof(UnknownStored)),
        type => Assert.IsType<MoovoltSerializer>(Sys.Serialization.FindSerializerForType(type)));

    [Fact]
    public void Every_command_reply_and_delivery_has_a_name_on_the_wire() => Assert.All(
        typeof(Command).Assembly.GetTypes().Where(type => !type.IsAbstract && (
            type.IsSubclassOf(typeof(Command)) || type.IsSubclassOf(typeof(Reply)) || type.IsSubclassOf(typeof(Delivery)))),
        type => Assert.Contains(type, JournalFormat.Known.Keys));

    [Fact]
    public void The_hint_crosses_nodes_as_a_word_of_the_platform() =>
        Assert.DoesNotContain("Json", Sys.Serialization.FindSerializerFor(Oldest.StoredHint.Word).GetType().Name, StringComparison.Ordinal);
}
