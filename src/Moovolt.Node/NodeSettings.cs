using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace Moovolt.Node;

/// <summary>
/// What the environment says: the whole list of variables, read here and nowhere else. Everything that is not about
/// one particular machine is in <c>hocon/</c>.
/// </summary>
/// <param name="Database">MOOVOLT_DB: Npgsql connection string; null for SQLite under <paramref name="DataDirectory"/>.</param>
/// <param name="Urls">MOOVOLT_URLS: where HTTP and chargers are served, semicolon-separated.</param>
/// <param name="Roles">MOOVOLT_ROLES: some of gateway, entities, api, projections.</param>
/// <param name="RemotingHost">MOOVOLT_REMOTING_HOST: the address that other members reach this one at.</param>
/// <param name="RemotingPort">MOOVOLT_REMOTING_PORT: 0 for any free port.</param>
/// <param name="Seeds">MOOVOLT_SEEDS: overrides formation through the database.</param>
/// <param name="DataDirectory">MOOVOLT_DATA: the journal of the one-command node, the operator key, the lock file.</param>
/// <param name="ConfigFile">MOOVOLT_CONFIG: a HOCON file laid over <c>hocon/</c>; null for none.</param>
/// <param name="OperatorKeys">MOOVOLT_OPERATOR_KEY: one or several, <c>name:key</c> or bare; null: made once and kept.</param>
/// <param name="Dev">MOOVOLT_DEV: unknown chargers from loopback may connect without a password.</param>
internal sealed record NodeSettings(
    string? Database,
    string Urls,
    FrozenSet<string> Roles,
    string RemotingHost,
    int RemotingPort,
    IReadOnlyList<string> Seeds,
    string DataDirectory,
    string? ConfigFile,
    string? OperatorKeys,
    bool Dev)
{
    public static readonly IReadOnlyList<string> AllRoles = ["gateway", "entities", "api", "projections"];

    public const string DefaultUrls = "http://127.0.0.1:5080";

    public bool Has(string role) => Roles.Contains(role);

    /// <summary>Where to listen without TLS. A star or a plus for the host means all interfaces, as ASP.NET has it.</summary>
    public IReadOnlyList<Uri> Addresses => [.. Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Address)];

    /// <exception cref="SettingException">A variable says something that cannot be.</exception>
    public static NodeSettings FromEnvironment(Func<string, string?> read)
    {
        string? Text(string name) => read(name) is { Length: > 0 } text ? text.Trim() : null;

        var database = Text("MOOVOLT_DB");
        var urls = Text("MOOVOLT_URLS") ?? DefaultUrls;
        var roles = List(Text("MOOVOLT_ROLES")) is { Count: > 0 } named ? named : AllRoles;
        if (roles.FirstOrDefault(role => !AllRoles.Contains(role)) is { } stranger)
            throw new SettingException($"MOOVOLT_ROLES names '{stranger}'; the roles are {string.Join(", ", AllRoles)}.");

        var dev = Flag("MOOVOLT_DEV", Text("MOOVOLT_DEV")) ?? (database is null && urls.Split(';').All(IsLoopback));
        return new NodeSettings(
            database,
            urls,
            roles.ToFrozenSet(),
            Text("MOOVOLT_REMOTING_HOST") ?? "127.0.0.1",
            Port(Text("MOOVOLT_REMOTING_PORT")),
            List(Text("MOOVOLT_SEEDS")),
            Text("MOOVOLT_DATA") ?? "data",
            Text("MOOVOLT_CONFIG"),
            Text("MOOVOLT_OPERATOR_KEY"),
            dev);
    }

    private static List<string> List(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static int Port(string? text)
    {
        if (text is null) return 4053;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new SettingException($"MOOVOLT_REMOTING_PORT is '{text}'; it must be 0 (any free port) to 65535.");
    }

    private static bool? Flag(string name, string? text) => text?.ToUpperInvariant() switch
    {
        null => null,
        "TRUE" or "1" or "ON" => true,
        "FALSE" or "0" or "OFF" => false,
        _ => throw new SettingException($"{name} is '{text}'; it must be true or false."),
    };

    private static Uri Address(string url)
    {
        var plain = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(plain, UriKind.Absolute, out var address) && address.Scheme == "http"
            ? address
            : throw new SettingException(
                $"MOOVOLT_URLS names '{url}'; it takes addresses such as http://0.0.0.0:5080. Those with TLS are listeners "
                + "in moovolt.gateway.listeners (hocon/gateway.conf).");
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));
}

/// <summary>A setting that the program cannot start with. The message is the whole explanation.</summary>
public sealed class SettingException(string message) : Exception(message);
