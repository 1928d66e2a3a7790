using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster.Tests;

/// <summary>A journal whose disk is full.</summary>
public sealed class FullJournal : MemoryJournal
{
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken) => throw new IOException("The disk is full.");
}

/// <summary>A journal that says nothing, ever.</summary>
public sealed class SilentJournal : MemoryJournal
{
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken) =>
        new TaskCompletionSource<IImmutableList<Exception>>().Task;
}

/// <summary>A journal that stores nothing while it is held.</summary>
public sealed class HeldJournal : MemoryJournal
{
    private static volatile TaskCompletionSource free = new();

    public static void Hold() => free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public static void Release() => free.SetResult();

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        await free.Task;
        return await base.WriteMessagesAsync(writes, cancellationToken);
    }
}

/// <summary>A journal that serializes as those in databases do, and so rejects what cannot be serialized.</summary>
public sealed class SerializingJournal : MemoryJournal
{
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        try
        {
            var writes = messages.ToList();
            foreach (var write in writes.SelectMany(write => (IImmutableList<IPersistentRepresentation>)write.Payload))
                Context.System.Serialization.Serialize(write.Payload);
            return await base.WriteMessagesAsync(writes, cancellationToken);
        }
        catch (NotSupportedException cause)
        {
            return [cause];
        }
    }
}

/// <summary>A serializer that can write nothing.</summary>
public sealed class BrokenSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 7_999;

    public override string Manifest(object o) => nameof(TransactionEvent);

    public override byte[] ToBinary(object obj) => throw new NotSupportedException("This cannot be written.");

    public override object FromBinary(byte[] bytes, string manifest) => throw new NotSupportedException("Nor read.");
}

/// <summary>A journal that all actor systems of this process share, slow enough for something to happen meanwhile.</summary>
public sealed class SlowSharedJournal : SharedMemoryJournal
{
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        return await base.WriteMessagesAsync(writes, cancellationToken);
    }
}
