namespace Moovolt.ReadModel.Storage;

/// <summary>
/// The directory of a one-node installation. One process holds it at a time; a second one is refused.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    internal const string JournalName = "journal.db";
    internal const string ReadModelName = "read-model.db";

    private readonly FileStream held;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string JournalFile => System.IO.Path.Combine(Path, JournalName);

    public string ReadModelFile => System.IO.Path.Combine(Path, ReadModelName);

    /// <summary>
    /// Makes the directory if there is none, and holds it until disposed, or until the process is gone.
    /// </summary>
    /// <exception cref="DirectoryInUseException">Another process holds it.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        var lockFile = System.IO.Path.Combine(full, "moovolt.lock");
        try
        {
            return new DataDirectory(
                full, new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(lockFile))
        {
            throw new DirectoryInUseException(
                $"The data directory {full} is in use by another process: stop that one first, or set MOOVOLT_DATA "
                + "to another directory. (Several nodes need PostgreSQL: MOOVOLT_DB.)",
                e);
        }
    }

    public void Dispose() => held.Dispose();
}

/// <summary>A second process on the same data directory. The message is for the operator.</summary>
public sealed class DirectoryInUseException(string message, Exception cause) : IOException(message, cause);
