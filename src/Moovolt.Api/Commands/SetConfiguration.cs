using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/set-configuration: keys of the charger's configuration are changed, as many in one
/// message as it says that it takes, and the rest after them.
/// </summary>
internal static class SetConfiguration
{
    private const int Most = 100;

    // What any version could take: OCPP 2.x names a variable with up to four texts of 50 characters (2.0.1, 2.16 and
    // 2.53), and 2.1 has the longest values. The charger's own version may take less.
    private const int LongestKey = 250;
    private const int LongestValue = 2_500;

    /// <param name="Key">The one key; or <paramref name="Settings"/>.</param>
    internal sealed record Body(string? Key = null, string? Value = null, IReadOnlyList<Setting>? Settings = null);

    internal sealed record Setting(string Key, string Value);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/set-configuration", Handle)
            .WithName(nameof(SetConfiguration))
            .WithSummary("Change keys of the charger's configuration");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        IReadOnlyList<Setting> settings = body switch
        {
            { Key: { } key, Value: { } value, Settings: null } => [new Setting(key, value)],
            { Key: null, Value: null, Settings: { } several } => several,
            _ => [],
        };
        if (settings.Count is 0 or > Most)
            return Problem.Wrong($"Give 'key' and 'value', or 1 to {Most} 'settings' of a key and a value each.");
        if (settings.FirstOrDefault(setting => SecretKeys.Has(setting.Key)) is { } secret)
            return Secrets.Refusal(secret.Key);
        if (settings.Any(setting => setting.Key.Length is 0 or > LongestKey))
            return Problem.Wrong($"'key' has 1 to {LongestKey} characters.");
        if (settings.Any(setting => setting.Value.Length > LongestValue))
            return Problem.Wrong($"'value' has at most {LongestValue} characters.");

        var first = settings[0];
        return await dispatcher.Send(http, id, new WriteConfiguration(
            first.Key,
            first.Value,
            settings.Select(setting => SecurityProfileKey.In(setting.Key, setting.Value)).Min(),
            [.. settings.Skip(1).Select(setting => new KeySetting(setting.Key, setting.Value))]), queue);
    }
}
