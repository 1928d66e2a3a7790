using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Moovolt.Journal.Tests;

/// <summary>An object by its contents, on one line: immutable arrays compare by reference, so tests compare this.</summary>
internal static class Printed
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        DateTimeOffset time => time.ToString("O"),
        decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        IEnumerable list => "[" + string.Join(",", list.Cast<object?>().Select(Of)) + "]",
        _ when value.GetType().IsPrimitive || value.GetType().IsEnum => $"{value}",
        _ => value.GetType().Name + "{" + string.Join(",", value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
            .Select(property => $"{property.Name}:{Of(property.GetValue(value))}")) + "}",
    };
}
