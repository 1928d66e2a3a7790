using System.Text.Json;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// Configuration keys whose values are passwords. What is asked of a charger is journaled for ever, and a password
/// must be in no journal.
/// </summary>
internal static class Secrets
{
    private const string Vpn = "vpn";

    /// <summary>The secret that a payload would set, by its configuration key, variable or member; null for none.</summary>
    public static string? In(JsonElement payload) => payload.ValueKind switch
    {
        JsonValueKind.Object => payload.EnumerateObject()
            .Select(In).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => payload.EnumerateArray().Select(In).FirstOrDefault(found => found is not null),
        JsonValueKind.String when payload.GetString() is { } text && SecretKeys.IsPassword(text) => text,
        _ => null,
    };

    // ChangeConfiguration names the key whose value it sets, SetVariables the variable; a network profile has passwords.
    private static string? In(JsonProperty member) =>
        SecretKeys.Has(member.Name) ? member.Name
        : (member.NameEquals("key") || member.NameEquals("name")) && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { } key && SecretKeys.Has(key)
            ? key
            // The shared key of a VPN is called key, and is one itself (2.x, SetNetworkProfile).
            : member.NameEquals(Vpn) && member.Value.ValueKind == JsonValueKind.Object
                && member.Value.TryGetProperty("key", out _)
                ? "vpn.key"
                : In(member.Value);

    public static Problem Refusal(string key) => Problem.Wrong(
        $"{key} is a password, and what is asked of a charger is written down for ever. The charger's own is changed "
        + "by commands/rotate-password; another one is set at the charger, and here with PUT /charge-points/{id}.");
}
