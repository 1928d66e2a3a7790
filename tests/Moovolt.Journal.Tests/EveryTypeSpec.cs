using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Journal.Tests;

/// <summary>Whatever can be stored or sent comes back as it went, filled or empty.</summary>
public sealed class EveryTypeSpec : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("every-type");

    public static TheoryData<string> Names => [.. JournalFormat.Known.Values.Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_that_is_written_can_be_read_again(string name)
    {
        var type = JournalFormat.Known.Single(entry => entry.Value == name).Key;
        foreach (var original in new[] { SampleValues.Full(type), SampleValues.Empty(type) })
        {
            var read = JournalFormat.Read(name, JournalFormat.Write(original));

            Assert.IsType(type, read);
            Assert.Equal(Printed.Of(original), Printed.Of(read));
        }
    }

    [Theory]
    [InlineData(typeof(StationRequest))]
    [InlineData(typeof(Outcome))]
    public void Every_case_of_a_closed_set_has_its_number(Type set) => Assert.Equal(
        CasesOf(set).OrderBy(type => type.Name),
        Contract.Cases.Where(entry => entry.Set == set).Select(entry => entry.Case).OrderBy(type => type.Name));

    [Fact]
    public void Every_case_of_a_request_can_be_stored()
    {
        foreach (var original in CasesOf(typeof(StationRequest)).Select(SampleValues.Full).Cast<StationRequest>())
        {
            var requested = (StationRequested)SampleValues.Full(typeof(StationRequested)) with { Request = original };
            var read = (StationRequested)JournalFormat.Read("cp-requested", JournalFormat.Write(requested));
            Assert.Equal(Printed.Of(original), Printed.Of(read.Request));
        }
    }

    [Fact]
    public void Every_case_of_an_outcome_can_be_stored()
    {
        foreach (var original in CasesOf(typeof(Outcome)).Select(SampleValues.Full).Cast<Outcome>())
        {
            var full = (StationAnswered)SampleValues.Full(typeof(StationAnswered));
            var answered = full with { Answer = full.Answer with { Outcome = original } };
            var read = (StationAnswered)JournalFormat.Read("cp-answered", JournalFormat.Write(answered));
            Assert.Equal(original.GetType(), read.Answer.Outcome?.GetType());
            Assert.Equal(Printed.Of(original), Printed.Of(read.Answer.Outcome));
        }
    }

    [Fact]
    public void Every_event_command_reply_and_delivery_has_a_name()
    {
        var families = new[] { typeof(Command), typeof(Reply), typeof(Delivery), typeof(ChargePointEvent),
            typeof(Domain.Transactions.TransactionEvent), typeof(Domain.Tokens.TokenEvent) };
        var nameless = typeof(Command).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && families.Any(family => type.IsSubclassOf(family)))
            .Where(type => !JournalFormat.Known.ContainsKey(type));
        Assert.Empty(nameless);
    }

    [Fact]
    public void An_envelope_carries_its_ticket_and_its_command()
    {
        var serializer = new MoovoltSerializer((ExtendedActorSystem)_system);
        var request = new Request(42, new Domain.Tokens.Authorize(new("tag"), DateTimeOffset.UnixEpoch));
        var answer = new Answer(43, new Reply.Refused("no"));

        Assert.Equal(request, serializer.FromBinary(serializer.ToBinary(request), serializer.Manifest(request)));
        Assert.Equal(answer, serializer.FromBinary(serializer.ToBinary(answer), serializer.Manifest(answer)));
    }

    [Fact]
    public void What_cannot_be_read_is_handed_over_as_it_is_stored()
    {
        var unknown = Assert.IsType<UnknownStored>(JournalFormat.Read("from-the-future", new byte[] { 1, 2, 3 }));
        Assert.Equal([1, 2, 3], unknown.Bytes);

        var damaged = Assert.IsType<UnknownStored>(JournalFormat.Read("tx-began", new byte[] { 0x0A, 0x7F, 1 }));
        Assert.Equal("tx-began", damaged.Manifest);
    }

    public void Dispose() => _system.Dispose();

    private static IEnumerable<Type> CasesOf(Type set) => set.Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(set) && !type.IsAbstract);
}
