using Akka.Configuration;
using Moovolt.Gateway;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node.Care;

/// <summary>
/// <c>moovolt doctor</c>: would a node serve here, and would it keep what it answers? Looks, says, changes nothing.
/// </summary>
internal static class Doctor
{
    private const long FewFiles = 8192;
    private const long LittleSpace = 1L << 30;

    /// <returns>0 when nothing is fatal, else 1.</returns>
    public static async Task<int> RunAsync(NodeSettings settings, TextWriter output, CancellationToken cancellation)
    {
        var worst = Gravity.Fine;
        await foreach (var finding in FindingsAsync(settings, cancellation))
        {
            worst = finding.Gravity > worst ? finding.Gravity : worst;
            await output.WriteLineAsync($"{Mark(finding.Gravity)} {finding.What}");
            if (finding.Advice is { } advice) await output.WriteLineAsync($"      {advice}");
        }

        await output.WriteLineAsync(worst switch
        {
            Gravity.Fine => "Nothing is wrong.",
            Gravity.Warning => "A node would serve; look at the warnings.",
            _ => "A node would not serve, or not keep what it answers.",
        });
        return worst == Gravity.Fatal ? 1 : 0;
    }

    private static async IAsyncEnumerable<Finding> FindingsAsync(
        NodeSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return OfSettings(settings);
        if (Files() is { } files) yield return files;
        if (settings.Database is not null && settings.OperatorKeys is null)
        {
            yield return Finding.Warning(
                "MOOVOLT_OPERATOR_KEY is not set: each node makes a key of its own, in its own data directory.",
                "Set the same on all nodes (openssl rand -hex 24).");
        }

        if (settings.Database is null && Space(settings) is { } space) yield return space;
        if (Stores(settings) is not { } stores)
        {
            yield return Finding.Fine(
                $"There is no journal in {Path.GetFullPath(settings.DataDirectory)} yet: the first start makes it.");
            yield break;
        }

        await using (stores)
        {
            await foreach (var finding in new Examination(stores, TimeProvider.System).FindingsAsync(cancellation))
                yield return finding;
        }
    }

    private static Finding OfSettings(NodeSettings settings)
    {
        try
        {
            var room = Room.Here(GatewaySettings.From(NodeConfig.Build(settings, journal: "")));
            var read = settings.ConfigFile is { } file ? $"hocon/ and {file}" : "hocon/";
            return Finding.Fine($"{read} can be read. A node here takes {room.Chargers} chargers at most: {room.Because}");
        }
        catch (Exception e) when (e is SettingException or ConfigurationException or FormatException or IOException)
        {
            return Finding.Fatal($"The configuration cannot be used: {e.Message}", "Mend the file of MOOVOLT_CONFIG.");
        }
    }

    private static Finding? Files()
    {
        if (OpenFiles.Most() is not { } most) return null;
        var what = $"{most} files may be open: room for {OpenFiles.RoomFor(most)} chargers on this node.";
        return most >= FewFiles ? Finding.Fine(what) : Finding.Warning(what, "Raise the limit (ulimit -n, LimitNOFILE).");
    }

    private static Finding? Space(NodeSettings settings)
    {
        var directory = new DirectoryInfo(Path.GetFullPath(settings.DataDirectory));
        while (directory is { Exists: false }) directory = directory.Parent;
        if (directory is null) return null;
        var free = new DriveInfo(directory.FullName).AvailableFreeSpace;
        var what = $"{free / (1 << 20)} MiB are free for {settings.DataDirectory}.";
        return free >= LittleSpace ? Finding.Fine(what) : Finding.Warning(what, "Make room: a full disk stops every charger.");
    }

    private static Stores? Stores(NodeSettings settings)
    {
        if (settings.Database is { } database) return ReadModel.Storage.Stores.OnPostgres(database);
        return Directory.Exists(settings.DataDirectory) && ReadModel.Storage.Stores.IsIn(settings.DataDirectory)
            ? ReadModel.Storage.Stores.Beside(settings.DataDirectory)
            : null;
    }

    private static string Mark(Gravity gravity) => gravity switch
    {
        Gravity.Fine => "ok   ",
        Gravity.Warning => "warn ",
        _ => "FATAL",
    };
}
