using System.Collections.Immutable;
using System.Text.Json;
using Moovolt.Ocpp.Compliance;
using Moovolt.Ocpp.Schemas;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>The rules that a record can declare, each seen from both sides.</summary>
public sealed class ShapeSpec
{
    public sealed record Everything(
        int Whole = 0,
        [SenselessBelow(0)] long? Meter = null,
        [Decimals(1)] decimal? Limit = null,
        bool? Flag = null,
        [OneOf("A", "B", Seen = ["C"])] string? Word = null,
        [MaxLength(3)] string? Short = null,
        [AsItComes, MaxLength(3)] string? Shown = null,
        [MinItems(1)] ImmutableArray<string>? List = null,
        [AtLeast(0, Since = OcppVersion.V201), AtMost(9), SenselessBelow(0, IsTaken = true)] int? Level = null,
        [AtMost(0)] decimal? Discharge = null,
        [AsItComes, AtLeast(0)] int? Cause = null,
        [MaxItems(2), AtLeast(1)] ImmutableArray<int>? Few = null,
        [MostSent(2)] ImmutableArray<int>? Kept = null,
        [Required] DateTimeOffset? At = null);

    [Theory]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z"}""", "", "")]
    [InlineData("""{"whole":1}""", "Missing at", "Missing at")]
    [InlineData("""{"at":"2026-01-01T12:00:00Z"}""", "Missing whole", "Missing whole")]
    [InlineData("""{"whole":1.0,"at":"2026-01-01T12:00:00Z"}""", "", "")]
    [InlineData("""{"whole":1.5,"at":"2026-01-01T12:00:00Z"}""", "WrongType whole", "WrongType whole")]
    [InlineData("""{"whole":2147483648,"at":"2026-01-01T12:00:00Z"}""", "Senseless whole", "Senseless whole")]
    [InlineData("""{"whole":null,"at":"2026-01-01T12:00:00Z"}""", "WrongType whole", "WrongType whole")]
    [InlineData("""{"whole":1,"at":"then"}""", "UnreadableTime at", "UnreadableTime at")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","meter":-1}""", "Senseless meter", "Senseless meter")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","limit":16.1}""", "", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","limit":16.10}""", "", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","limit":16.15}""", "TooFine limit", "TooFine limit")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","flag":1}""", "WrongType flag", "WrongType flag")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","word":"C"}""", "OtherWord word", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","word":"D"}""", "OtherWord word", "OtherWord word")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","short":"1234"}""", "TooLong short", "TooLong short")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","shown":"1234"}""", "TooLong shown", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","shown":4}""", "OtherForm shown", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","list":[]}""", "TooFewItems list", "TooFewItems list")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","list":["a",1]}""", "OtherForm list[1]", "OtherForm list[1]")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","list":null}""", "WrongType list", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","level":0}""", "", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","level":9}""", "", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","level":10}""", "OutOfRange level", "OutOfRange level")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","level":"-1"}""", "OtherForm level, OutOfRange level", "OtherForm level, OutOfRange level")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","discharge":-0.1}""", "", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","discharge":0.1}""", "OutOfRange discharge", "OutOfRange discharge")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","cause":-1}""", "OutOfRange cause", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","few":[1,0]}""", "OutOfRange few[1]", "OutOfRange few[1]")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","few":[1,2,3]}""", "TooManyItems few", "TooManyItems few")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","kept":[1,2,3]}""", "TooManyItems kept", "")]
    [InlineData("""{"whole":1,"at":"2026-01-01T12:00:00Z","more":1}""", "Unknown more", "")]
    [InlineData("""{"whole":1,"whole":2,"at":"2026-01-01T12:00:00Z"}""", "Duplicate whole", "Duplicate whole")]
    public void A_rule_is_kept_and_chargers_are_forgiven_some(string payload, string asSpecified, string asChargersSpeak)
    {
        Assert.Equal(asSpecified, Objected(payload, Manner.ToTheLetter));
        Assert.Equal(asChargersSpeak, Objected(payload, Manner.Usual));
    }

    [Fact]
    public void What_can_be_read_is_read()
    {
        var read = Shapes.Of(typeof(Everything), OcppVersion.V16).Read(
            JsonElement.Parse("""{"whole":"7","meter":" 12.9","flag":"true","word":"D","list":"a","short":null,"at":"2026-01-01"}"""),
            new Objections(Manner.Usual));
        var everything = Assert.IsType<Everything>(read);
        Assert.Equal((7, 12L, true, "D"), (everything.Whole, everything.Meter, everything.Flag, everything.Word));
        Assert.Equal("a", Assert.Single(everything.List.GetValueOrDefault()));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), everything.At);
    }

    [Theory]
    [InlineData(OcppVersion.V21, -1, "OutOfRange level", "OutOfRange level")]
    [InlineData(OcppVersion.V16, -1, "Senseless level", "")]
    [InlineData(OcppVersion.V16, 10, "OutOfRange level", "OutOfRange level")]
    public void A_number_out_of_its_range_is_read_all_the_same_and_is_objected_to_as_its_version_has_it(
        OcppVersion version, int level, string sent, string heard)
    {
        foreach (var (manner, words) in new[] { (Manner.ToTheLetter, sent), (Manner.Usual, heard) })
        {
            var objections = new Objections(manner);
            var read = Shapes.Of(typeof(Everything), version).Read(
                JsonElement.Parse($$"""{"whole":1,"at":"2026-01-01T12:00:00Z","level":{{level}}}"""), objections);
            Assert.Equal(level, Assert.IsType<Everything>(read).Level);
            var said = manner.Strict ? objections.All : objections.Faults;
            Assert.Equal(words, string.Join(", ", said.Select(objection => $"{objection.Kind} {objection.Path}")));
        }
    }

    private static string Objected(string payload, Manner manner)
    {
        var objections = new Objections(manner);
        Assert.IsType<Everything>(Shapes.Of(typeof(Everything), OcppVersion.V201).Read(JsonElement.Parse(payload), objections));
        return string.Join(", ", objections.Faults.Select(objection => $"{objection.Kind} {objection.Path}"));
    }
}
