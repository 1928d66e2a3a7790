using System.Text.Json;

namespace Moovolt.Ocpp;

/// <summary>
/// One message of OCPP-J as it is on the wire, from either side; what its payload means is the dialect's business.
/// </summary>
public abstract record Frame
{
    /// <summary>Asks the other side to do something: <c>[2, id, action, payload]</c>.</summary>
    public sealed record Call(string Id, string Action, JsonElement Payload) : Frame;

    /// <summary>The answer to a call: <c>[3, id, payload]</c>.</summary>
    public sealed record CallResult(string Id, JsonElement Payload) : Frame;

    /// <summary>
    /// The refusal of a call: <c>[4, id, code, description, details]</c>; read with fewer elements too.
    /// </summary>
    public sealed record CallError(string Id, string Code, string Description, JsonElement Details) : Frame;

    /// <summary>
    /// A result could not be used by who asked (OCPP 2.1 part 4, 4.2.4): <c>[5, id, code, description, details]</c>.
    /// </summary>
    public sealed record CallResultError(string Id, string Code, string Description, JsonElement Details) : Frame;

    /// <summary>A message that is not answered (OCPP 2.1 part 4, 4.2.5): <c>[6, id, action, payload]</c>.</summary>
    public sealed record Send(string Id, string Action, JsonElement Payload) : Frame;

    /// <summary>No frame of OCPP.</summary>
    /// <param name="Fault">What to answer under <paramref name="Id"/>; null: stay silent, log and drop.</param>
    /// <param name="Id">
    /// The message id as far as it could be read. An answer of the other side that broke has one too.
    /// </param>
    /// <param name="TooDeep">It is nested deeper than anything in OCPP: nobody means well by that.</param>
    public sealed record Unreadable(Fault? Fault, string? Id, bool TooDeep = false) : Frame;

    /// <summary>A message type that this version does not know and is told to ignore.</summary>
    public sealed record Ignored(int MessageType) : Frame;
}

/// <summary>What is odd about a frame that is read all the same.</summary>
[Flags]
public enum FrameFlaws
{
    None = 0,
    IdNotText = 1,
    IdTooLong = 2,
    ByteOrderMark = 4,
    TrailingNul = 8,
    ShortCallError = 16,
}
