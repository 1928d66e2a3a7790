using System.Text.Json;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>An object that commands take as the standard has it; the charger's dialect checks what is in it.</summary>
internal static class StandardObject
{
    public static Problem? Wrong(string name, JsonElement given) =>
        given.ValueKind != JsonValueKind.Object ? Problem.Wrong($"'{name}' is an object, as OCPP 2.1 has it.")
        : given.GetRawText().Length > Held.LongestBody
            ? Problem.Wrong($"'{name}' has at most {Held.LongestBody} characters.")
            : null;
}
