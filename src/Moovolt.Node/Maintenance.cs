using System.Text.Json;
using System.Text.Json.Serialization;
using Moovolt.Journal;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node;

/// <summary>What the program does besides serving.</summary>
internal static class Maintenance
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private const int MostFlaws = 100;

    public static async Task<int> MigrateAsync(NodeSettings settings, CancellationToken cancellation)
    {
        using var directory = settings.Database is null ? DataDirectory.Open(settings.DataDirectory) : null;
        await using var stores = Open(settings, directory);
        using var logs =
            LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        try
        {
            await new Migrations(stores, logs.CreateLogger<Migrations>()).RunAsync(cancellation);
            return 0;
        }
        catch (SchemaIsNewerException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Cluster.GivingUp.Code;
        }
    }

    /// <summary>Prints the events of one entity: sequence number, when it was stored, name, contents.</summary>
    public static async Task<int> ShowAsync(NodeSettings settings, string persistenceId, CancellationToken cancellation)
    {
        await using var stores = Beside(settings);
        var rows = await JournalHistory.ReadAsync(stores.Journal, persistenceId, cancellation);
        foreach (var row in rows)
        {
            Console.WriteLine(
                $"{row.SequenceNumber,6}  {row.StoredAt:yyyy-MM-ddTHH:mm:ss.fffZ}  {row.Manifest,-20}  "
                    + $"{Say(row.Event)}");
        }

        if (rows.Count > 0) return 0;
        await Console.Error.WriteLineAsync(
            $"Nothing is stored of {persistenceId}. Ids look like charge-point/CP-1, transaction/CP-1/17, token/TAG.");
        return 1;
    }

    /// <summary>
    /// Reads the whole journal: gaps, disorder, what this program cannot read. Prints at most
    /// <see cref="MostFlaws"/> flaws, and counts all.
    /// </summary>
    /// <returns>0 for a journal without a flaw, else 1.</returns>
    public static async Task<int> VerifyAsync(NodeSettings settings, CancellationToken cancellation)
    {
        await using var stores = Beside(settings);
        var verification = new JournalVerification(stores.Journal);
        var flaws = 0L;
        await foreach (var flaw in verification.FlawsAsync(cancellation))
        {
            if (++flaws <= MostFlaws) Console.WriteLine($"{flaw.PersistenceId} {flaw.SequenceNumber}: {flaw.What}");
        }

        if (flaws > MostFlaws) Console.WriteLine($"… and {flaws - MostFlaws} more.");
        Console.WriteLine(
            $"{verification.Entities} entities, {verification.Events} events, {verification.Snapshots} snapshots, "
                + $"{flaws} flaws.");
        return flaws == 0 ? 0 : 1;
    }

    // Reads beside a node that runs, so it takes no lock.
    private static Stores Beside(NodeSettings settings) => settings.Database is { } database
        ? Stores.OnPostgres(database)
        : Stores.Beside(settings.DataDirectory);

    private static string Say(object stored) => stored is UnknownStored unknown
        ? $"{unknown.Why} {Convert.ToHexString(unknown.Bytes)}"
        : JsonSerializer.Serialize(stored, stored.GetType(), Readable);

    private static Stores Open(NodeSettings settings, DataDirectory? directory) =>
        directory is null ? Stores.OnPostgres(settings.Database ?? "") : Stores.OnSqlite(directory);
}
