using System.Collections;
using System.Globalization;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;

namespace Moovolt.Ocpp.Tests;

/// <summary>Commands and samples in one line of words: what is absent or empty is left out.</summary>
internal static class Printed
{
    public static string Words(object value) => value switch
    {
        string text => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"", // a line is a line
        DateTimeOffset at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        Oddity oddity => $"{oddity.Code} ({oddity.Detail})",
        ChargePointId or TransactionId or TokenId or ConnectorId or Energy or bool or Enum => $"{value}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Words))}]",
        _ => Record(value),
    };

    private static string Record(object record)
    {
        var members =
            from property in record.GetType().GetProperties()
            where property.Name is not "EntityId"
            let value = property.GetValue(record)
            where value is not (null or ICollection { Count: 0 })
            select $"{property.Name} = {Words(value)}";
        return $"{record.GetType().Name} {{ {string.Join(", ", members)} }}".Replace("{  }", "{ }", StringComparison.Ordinal);
    }
}
