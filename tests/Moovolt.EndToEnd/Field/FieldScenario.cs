using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;
using Xunit.Sdk;

namespace Moovolt.EndToEnd.Field;

/// <summary>A test of the field list, with all the rows that it has, to be played on another node.</summary>
/// <param name="Item">Its number on the list.</param>
internal sealed record FieldScenario(int Item, MethodInfo Test)
{
    private const string Longest = "A_thousand"; // takes minutes, and proves nothing here that its neighbour does not

    public static readonly IReadOnlyList<FieldScenario> All =
    [
        .. from type in typeof(FieldScenario).Assembly.GetTypes()
           where type.Namespace == typeof(FieldScenario).Namespace
           from method in type.GetMethods()
           let number = Regex.Match(method.Name, "^Item_([0-9]+)_(?!" + Longest + ")")
           where number.Success
           let item = int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture)
           orderby item, method.Name
           select new FieldScenario(item, method),
    ];

    public string Name => $"{Test.DeclaringType!.Name}.{Test.Name}";

    /// <summary>Plays the rows one after another (they have their chargers in common) until one fails.</summary>
    /// <returns>What the test runner would show of that one; null when none fails.</returns>
    public async Task<string?> Play(FieldNode field)
    {
        var rows = Test.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(Test)).DefaultIfEmpty([]);
        foreach (var row in rows)
        {
            try
            {
                var spec = Activator.CreateInstance(Test.DeclaringType!, field);
                await (Task)Test.Invoke(spec, row)!; // the tests of the list are asynchronous
            }
            catch (Exception failure) // whatever makes a test fail
            {
                return $"({string.Join(", ", row)}) {failure.Message}";
            }
        }

        return null;
    }
}
