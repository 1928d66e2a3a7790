using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Serialization;
using Moovolt.Domain;
using Xunit;

namespace Moovolt.Journal.Tests;

/// <summary>
/// golden/snapshots.txt: under each name which types a snapshot consists of, with the numbers of their members. A program
/// drops what it does not know when it writes a snapshot: were the name the same, a newer one would take that for all
/// there is. A line may be added under a name (a case that a closed set has gained is unreadable to others, not dropped);
/// whatever changes a line needs the next name, and its lines.
/// </summary>
public sealed class SnapshotShapeSpec
{
    private static readonly string[] Pinned =
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", "snapshots.txt"));

    [Fact]
    public void A_snapshot_that_gains_a_member_gets_a_new_name()
    {
        var today = (
            from type in typeof(Command).Assembly.GetTypes()
            let name = type.GetCustomAttribute<JournaledAttribute>()?.Name
            where name?.Contains("-snapshot-", StringComparison.Ordinal) == true
            from part in Parts(type, ImmutableHashSet.CreateBuilder<Type>())
            select $"{name} {part.FullName} {Members(part)}").Order(StringComparer.Ordinal).ToArray();

        Assert.True(
            today.All(Pinned.Contains),
            "What a snapshot consists of has changed. Give it the next name in its [Journaled], unless all that is new is a "
                + "case of a closed set, and add to golden/snapshots.txt:\n"
                + string.Join('\n', today.Except(Pinned)));
        Assert.Equal(today.Length, today.Select(LineOf).Distinct().Count());
        Assert.Equal(Pinned.Length, Pinned.Select(LineOf).Distinct().Count()); // no line beside the one it should change
    }

    private static string LineOf(string line) => string.Join(' ', line.Split(' ').Take(2));

    private static ImmutableHashSet<Type>.Builder Parts(Type type, ImmutableHashSet<Type>.Builder found)
    {
        if (type.IsArray) return Parts(type.GetElementType()!, found); // an array has one
        foreach (var argument in type.GenericTypeArguments) Parts(argument, found);
        if (type.Assembly != typeof(Command).Assembly || type.IsEnum || !found.Add(type)) return found;
        if (type.IsAbstract)
            foreach (var one in type.Assembly.GetTypes().Where(one => one.IsSubclassOf(type))) Parts(one, found);
        foreach (var member in Stored(type)) Parts(member.PropertyType, found);
        return found;
    }

    private static IEnumerable<PropertyInfo> Stored(Type type) =>
        type.GetProperties().Where(member => member.GetCustomAttribute<DataMemberAttribute>() is not null);

    private static string Members(Type type) => string.Join(
        ',', Stored(type).Select(member => member.GetCustomAttribute<DataMemberAttribute>()!.Order).Order());
}
