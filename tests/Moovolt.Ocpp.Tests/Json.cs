using System.Text.Json;
using CsCheck;

namespace Moovolt.Ocpp.Tests;

/// <summary>Lawful JSON of all kinds, and most of it senseless.</summary>
internal static class Json
{
    private static readonly Gen<string> Scalars = Gen.OneOf(
        Gen.OneOf("null", "true", "false", "0", "-0", "-1", "17", "1e400", "-1e400", "0.1", "5000.7", "9223372036854775807",
            "9223372036854775808", "2147483648", "1234567890123456789012345678901234567890"),
        Gen.OneOf("\"\"", "\" \"", "\"17\"", "\"-1\"", "\"1e5\"", "\"NaN\"", "\"2026-01-01T12:00:00Z\"",
            "\"222222017-01-01T12:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"Energy.Active.Import.Register\"", "\"\\ud800\"",
            "\"\\u0000\"", "\"\\u0032026-01-01T12:00:00Z\""),
        Gen.Int.Select(number => $"{number}"),
        Gen.String[0, 300].Select(text => JsonSerializer.Serialize(text)));

    /// <summary>Any value, up to a few levels deep.</summary>
    public static readonly Gen<string> Values = Gen.Recursive<string>((depth, inner) => depth >= 3
        ? Scalars
        : Gen.Frequency((4, Scalars), (1, inner.List[0, 3].Select(Array)), (1, Members(Gen.String[0, 5], inner))));

    public static readonly Gen<string> Objects = Members(Gen.String[0, 5], Values);

    /// <summary>Objects with members of such names: some missing, some twice.</summary>
    public static Gen<string> Members(Gen<string> names, Gen<string> values) => Gen.Select(names, values)
        .Select((name, value) => $"{JsonSerializer.Serialize(name)}:{value}").List[0, 6]
        .Select(members => $"{{{string.Join(',', members)}}}");

    public static string Array(IEnumerable<string> values) => $"[{string.Join(',', values)}]";
}
