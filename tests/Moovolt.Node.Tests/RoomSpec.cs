using Moovolt.Gateway;
using Moovolt.Node.Care;
using Xunit;

namespace Moovolt.Node.Tests;

public sealed class RoomSpec
{
    private const long Mebibyte = 1 << 20;

    private static readonly GatewaySettings Shipped =
        GatewaySettings.From(HoconFiles.Load("clustered.conf", null)) with { MaxConnections = 50_000 };

    [Fact]
    public void A_pod_of_one_gibibyte_takes_no_more_chargers_than_fit_into_it()
    {
        var room = Room.Of(Shipped, files: 1_048_576, memory: 768 * Mebibyte); // what .NET makes of a limit of 1 GiB

        Assert.Equal(9_216, room.Chargers);
        Assert.Contains("768 MiB of memory, 64 KiB a charger", room.Because, StringComparison.Ordinal);
    }

    [Theory] // the table of k8s/README.md; .NET uses three quarters of a container's limit
    [InlineData(1, 9_216)]
    [InlineData(2, 21_504)]
    [InlineData(4, 46_080)]
    [InlineData(8, 50_000)]
    public void Pods_are_sized_by_their_memory(int gibibytes, int chargers) =>
        Assert.Equal(chargers, Room.Of(Shipped, files: null, memory: gibibytes * 768 * Mebibyte).Chargers);

    [Fact]
    public void A_machine_that_has_plenty_takes_as_many_as_it_is_told()
    {
        var room = Room.Of(Shipped, files: null, memory: 64 * 1024 * Mebibyte);

        Assert.Equal(50_000, room.Chargers);
        Assert.Contains("max-connections", room.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_may_open_few_files_says_so()
    {
        var room = Room.Of(Shipped, files: 1024, memory: 64 * 1024 * Mebibyte);

        Assert.Equal(524, room.Chargers);
        Assert.Contains("1024 files", room.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_is_far_too_small_takes_one() =>
        Assert.Equal(1, Room.Of(Shipped, files: null, memory: 64 * Mebibyte).Chargers);

    [Theory]
    [InlineData(0, 200)]
    [InlineData(5_000, 200)]
    [InlineData(6_001, 201)]
    [InlineData(33_000, 1_100)]
    public void All_sockets_of_a_node_that_leaves_have_moved_in_time(int sockets, int perSecond) =>
        Assert.Equal(perSecond, Moving.Pace(sockets, rate: 200, TimeSpan.FromSeconds(40)));
}
