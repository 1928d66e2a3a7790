using System.Buffers;
using System.Collections.Frozen;
using System.Reflection;
using Moovolt.Domain;

namespace Moovolt.Journal;

/// <summary>What is stored under a manifest that this program does not know, or in bytes that it cannot read.</summary>
/// <param name="Manifest">The name it is stored under.</param>
/// <param name="Bytes">As stored.</param>
/// <param name="Why">In plain words.</param>
public sealed record UnknownStored(string Manifest, byte[] Bytes, string Why);

/// <summary>
/// How events, snapshots and messages become bytes: protobuf under our own short names, never a CLR type's. An event
/// that gains an optional member needs nothing here; one that changes its meaning is a new event with a new name.
/// </summary>
public static class JournalFormat
{
    private static readonly FrozenDictionary<Type, string> Names = (
        from type in typeof(Command).Assembly.GetTypes()
        let name = type.GetCustomAttribute<JournaledAttribute>()?.Name ?? type.GetCustomAttribute<SentAttribute>()?.Name
        where name is not null
        select KeyValuePair.Create(type, name)).ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Type> Types =
        Names.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>Every type that can be stored or sent, with its name.</summary>
    public static IReadOnlyDictionary<Type, string> Known => Names;

    /// <summary>The name that an object is stored under.</summary>
    /// <exception cref="ArgumentException">
    /// It is not one of ours: give it a <see cref="JournaledAttribute"/>.
    /// </exception>
    public static string ManifestOf(object message) => Names.TryGetValue(message.GetType(), out var name)
        ? name
        : throw new ArgumentException($"{message.GetType()} has no name in the journal.", nameof(message));

    public static byte[] Write(object message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Contract.Model.Serialize(buffer, message);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads what <see cref="Write"/> wrote, in this version of the program or an older one. Never throws for what is
    /// stored.
    /// </summary>
    /// <returns>The event, snapshot or message; <see cref="UnknownStored"/> when it cannot be read.</returns>
    public static object Read(string manifest, ReadOnlyMemory<byte> bytes)
    {
        if (!Types.TryGetValue(manifest, out var type))
            return new UnknownStored(
                manifest, bytes.ToArray(), "This program does not know the name: a newer one wrote it.");

        try
        {
            return FormerKeys.Translate(Contract.Model.Deserialize(type, bytes));
        }
        catch (Exception e) // whatever it is: one row may not stop all that come after it, and who reads is told
        {
            return new UnknownStored(
                manifest, bytes.ToArray(), $"The bytes are damaged, or a newer program's: {e.Message}");
        }
    }
}
