using System.Buffers.Binary;
using System.Text;

namespace Moovolt.Faults.Checker;

/// <summary>
/// One protobuf message, read without its schema: what the checker knows of the journal is field numbers, and no code
/// of the product's. https://protobuf.dev/programming-guides/encoding
/// </summary>
internal sealed class Wire
{
    private readonly List<(int Number, ulong Varint, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public Wire(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((number, Varint(ref message), default));
                    break;
                case 1:
                    _fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(message.Span), default));
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    _fields.Add((number, 0, message[..length]));
                    message = message[length..];
                    break;
                case 5:
                    _fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(message.Span), default));
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"No wire type is {tag & 7}.");
            }
        }
    }

    /// <summary>A number; what is not on the wire is 0.</summary>
    public long Number(int field) => (long)_fields.LastOrDefault(each => each.Number == field).Varint;

    public string Text(int field) => Encoding.UTF8.GetString(_fields.LastOrDefault(each => each.Number == field).Bytes.Span);

    /// <summary>A message inside this one; null when it is not on the wire.</summary>
    public Wire? Inner(int field) => Many(field).LastOrDefault();

    public IEnumerable<Wire> Many(int field) =>
        _fields.Where(each => each.Number == field).Select(each => new Wire(each.Bytes));

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[0];
            message = message[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
