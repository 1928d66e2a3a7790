using System.Text.Json.Nodes;
using Moovolt.Domain.ChargePoints;
using Moovolt.Journal.Tests;
using Moovolt.ReadModel.Commands;
using Xunit;

namespace Moovolt.ReadModel.Tests;

public sealed class WishSpec
{
    public static TheoryData<Type> Kinds => [.. typeof(StationRequest).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(StationRequest)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_wish_has_the_words_that_operators_see(Type kind)
    {
        var full = (StationRequest)SampleValues.Full(kind);
        var words = Wishes.Write(full);

        if (full is RawCall raw) Assert.Equal(raw.Payload, words); // shown as it was given
        else Assert.IsType<JsonObject>(JsonNode.Parse(words));
    }
}
