using Moovolt.Node.Care;
using Xunit;

namespace Moovolt.Node.Tests;

public sealed class OpenFilesSpec
{
    [Theory]
    [InlineData(600, 100)]
    [InlineData(50_500, 50_000)]
    [InlineData(256, 1)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void A_node_keeps_five_hundred_files_for_itself(long most, int chargers) =>
        Assert.Equal(chargers, OpenFiles.RoomFor(most));
}
