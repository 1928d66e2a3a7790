using System.Buffers.Binary;
using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using Moovolt.Domain;

namespace Moovolt.Journal;

/// <summary>
/// Akka's way to <see cref="JournalFormat"/>, for journal rows and for messages between nodes alike. The envelopes
/// <see cref="Request"/> and <see cref="Answer"/> are eight bytes of ticket before what they carry, under its name
/// with a mark in front: so no closed set of all commands is needed, and nothing is written twice.
/// </summary>
public sealed class MoovoltSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const char RequestMark = '?';
    private const char AnswerMark = '!';

    /// <summary>So many names of messages that nobody knows are logged, each once; the rest goes in silence.</summary>
    private const int MostStrangers = 100;

    private readonly ConcurrentDictionary<string, byte> strangers = new();

    // Stored in every journal row. Never change it.
    public override int Identifier => 7_001;

    public override string Manifest(object o) => o switch
    {
        Request request => RequestMark + JournalFormat.ManifestOf(request.Command),
        Answer answer => AnswerMark + JournalFormat.ManifestOf(answer.Reply),
        UnknownStored unknown => unknown.Manifest,
        _ => JournalFormat.ManifestOf(o),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        Request request => Envelope(request.Ticket, request.Command),
        Answer answer => Envelope(answer.Ticket, answer.Reply),
        UnknownStored unknown => unknown.Bytes,
        _ => JournalFormat.Write(obj),
    };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest.Length == 0 || manifest[0] is not (RequestMark or AnswerMark))
            return JournalFormat.Read(manifest, bytes);

        if (bytes.Length < sizeof(long)) return new UnknownStored(manifest, bytes, "The envelope is cut off.");
        var ticket = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return JournalFormat.Read(manifest[1..], bytes.AsMemory(sizeof(long))) switch
        {
            Command command when manifest[0] == RequestMark => new Request(ticket, command),
            Reply reply when manifest[0] == AnswerMark => new Answer(ticket, reply),
            UnknownStored unknown => Unread(manifest, unknown),
            var other => other,
        };
    }

    // Of a newer member, or damaged on its way. Nobody takes it; whoever sent it asks again, and gives up.
    private UnknownStored Unread(string manifest, UnknownStored unknown)
    {
        if (strangers.Count < MostStrangers && strangers.TryAdd(manifest, 0))
            system.Log.Warning("A message '{0}' from another member is dropped: {1}", manifest, unknown.Why);
        return unknown;
    }

    private static byte[] Envelope(long ticket, object content)
    {
        var body = JournalFormat.Write(content);
        var bytes = new byte[sizeof(long) + body.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ticket);
        body.CopyTo(bytes, sizeof(long));
        return bytes;
    }
}
