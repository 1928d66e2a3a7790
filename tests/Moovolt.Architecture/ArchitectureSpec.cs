using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>
/// The dependency rule. Domain knows nobody; Ocpp and Journal know Domain; Cluster and ReadModel know Domain and Journal
/// and not each other; the doors do not know each other; only Node knows everyone, and nobody knows Node.
/// A name that is missing here is a decision that somebody has to make.
/// </summary>
public sealed class ArchitectureSpec
{
    // What BCL assemblies a room may use. Clock and chance are kept out of Domain by BannedSymbols.txt.
    private const string Pure = @"System\.(Runtime|Collections|Collections\.Immutable|Linq|Memory|Text\.RegularExpressions|" +
        @"Runtime\.Serialization\.Primitives|Security\.Cryptography|Runtime\.Numerics|Numerics\.Vectors)";

    private const string Platform = @"System|System\..+|netstandard";
    private const string Web = @"Microsoft\.(AspNetCore|Net\.Http\.Headers|Extensions)(\..+)?";
    private const string Hosting = @"Microsoft\.Extensions\..+";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Moovolt.Domain"] = [Pure],
        ["Moovolt.Ocpp"] = [Platform, @"Moovolt\.Domain"],
        ["Moovolt.Journal"] = [Platform, "Akka", @"protobuf-net(\.Core)?", @"Moovolt\.Domain"],
        ["Moovolt.Cluster"] = [Platform, Hosting, @"Akka(\..+)?", "Npgsql", @"Moovolt\.(Domain|Journal)"],
        ["Moovolt.ReadModel"] =
            [Platform, Hosting, "Npgsql", @"Microsoft\.Data\.Sqlite", @"Moovolt\.(Domain|Journal)"],
        ["Moovolt.Gateway"] = [Platform, Web, "Akka", @"Moovolt\.(Domain|Ocpp|Cluster|ReadModel)"],
        ["Moovolt.Api"] =
            [Platform, Web, @"Microsoft\.OpenApi", @"Scalar\.AspNetCore", @"Moovolt\.(Domain|Ocpp|Cluster|ReadModel)"],
        ["Moovolt.Simulator"] = [Platform, @"Moovolt\.(Domain|Ocpp)"],
        ["Moovolt.Node"] = [".+"],
    };

    public static TheoryData<string> Rooms => [.. Repository.Rooms().Select(room => Path.GetFileName(room))];

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_uses_only_what_its_place_allows(string room)
    {
        Assert.True(Allowed.ContainsKey(room), $"{room} is new: say here what it may use.");
        var shape = new Regex($"^({string.Join('|', Allowed[room])})$");
        Offenders.None(Assemblies.UsedBy(room).Where(name => !shape.IsMatch(name)));
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Every_arrow_between_rooms_is_written_down_and_allowed(string room)
    {
        var shape = new Regex($"^({string.Join('|', Allowed[room])})$");
        var written = Assemblies.ProjectsOf(room);
        Offenders.None(written.Where(name => !shape.IsMatch(name)));
        Offenders.None(Assemblies.UsedBy(room).Where(name => name.StartsWith("Moovolt.", StringComparison.Ordinal)).Except(written));
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Nobody_knows_the_node(string room) => Assert.DoesNotContain("Moovolt.Node", Assemblies.ProjectsOf(room));

    [Fact]
    public void The_gateway_sees_two_narrow_doors_of_the_read_model()
    {
        const string readModel = "Moovolt.ReadModel.";
        var seen = Assemblies.TypesUsedBy("Moovolt.Gateway").Where(type => type.StartsWith(readModel, StringComparison.Ordinal));
        Offenders.None(seen.Where(type => type[readModel.Length..].Split('.')[0] is not "Doors"));
    }
}
