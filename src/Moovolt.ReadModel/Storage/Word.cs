using System.Text.Json;

namespace Moovolt.ReadModel.Storage;

/// <summary>How a case of a closed set is written in a row, and shown: in camelCase.</summary>
internal static class Word
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
