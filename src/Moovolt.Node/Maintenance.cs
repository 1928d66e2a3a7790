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
        // Reads beside a node that runs, so it takes no lock.
        await using var stores = settings.Database is { } database
            ? Stores.OnPostgres(database)
            : Stores.Beside(settings.DataDirectory);
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

    private static string Say(object stored) => stored is UnknownStored unknown
        ? $"{unknown.Why} {Convert.ToHexString(unknown.Bytes)}"
        : JsonSerializer.Serialize(stored, stored.GetType(), Readable);

    private static Stores Open(NodeSettings settings, DataDirectory? directory) =>
        directory is null ? Stores.OnPostgres(settings.Database ?? "") : Stores.OnSqlite(directory);
}
