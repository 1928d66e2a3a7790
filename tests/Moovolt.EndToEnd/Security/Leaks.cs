using System.Text;
using Npgsql;

namespace Moovolt.EndToEnd.Security;

/// <summary>Looks for a secret wherever it could have been left: as it is, in hex, and in base64.</summary>
internal static class Leaks
{
    public static IEnumerable<string> InText(string where, string text, byte[] secret) =>
        from form in Texts(secret)
        where text.Contains(form, StringComparison.OrdinalIgnoreCase)
        select $"{where} holds {form}";

    /// <summary>Every file under a directory, as bytes: the journal, the read model, their write-ahead logs.</summary>
    public static IEnumerable<string> InFiles(string directory, byte[] secret) =>
        from file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        where !file.EndsWith(".lock", StringComparison.Ordinal) // it is held, and empty
        let bytes = Read(file)
        from form in Bytes(secret)
        where bytes.AsSpan().IndexOf(form) >= 0
        select $"{file} holds {Convert.ToHexString(form)}";

    /// <summary>Every row of every table, as text; bytes are shown in hex there.</summary>
    public static async Task<IReadOnlyList<string>> InDatabase(string connectionString, byte[] secret)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var tables = new List<string>();
        await using (var command = source.CreateCommand(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables "
            + "where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        if (tables.Count < 20) throw new InvalidOperationException($"Only {tables.Count} tables were found.");

        string[] forms = [.. Texts(secret), .. Bytes(secret).Select(Convert.ToHexStringLower)];
        var leaks = new List<string>();
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand(
                $"select count(*) from {table} row "
                + "where exists (select 1 from unnest($1) form where position(form in lower(row::text)) > 0)");
            command.Parameters.Add(new NpgsqlParameter { Value = forms.Select(form => form.ToLowerInvariant()).ToArray() });
            if ((long)(await command.ExecuteScalarAsync())! > 0) leaks.Add(table);
        }

        return leaks;
    }

    private static string[] Texts(byte[] secret) => [Convert.ToHexString(secret), Convert.ToBase64String(secret)];

    private static byte[][] Bytes(byte[] secret) =>
    [
        secret,
        Encoding.UTF8.GetBytes(Convert.ToHexStringLower(secret)),
        Encoding.UTF8.GetBytes(Convert.ToHexString(secret)),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(secret)),
    ];

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
