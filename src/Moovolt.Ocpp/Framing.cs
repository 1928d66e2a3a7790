namespace Moovolt.Ocpp;

/// <summary>How one version frames its messages, and how it spells what is wrong with a frame.</summary>
/// <param name="LongestId">Characters of a message id; a longer one is answered as malformed.</param>
/// <param name="UnreadableId">The id to answer under when none can be read; null: such a frame is not answered.</param>
/// <param name="Malformed">The code for JSON that is broken, or no array of OCPP.</param>
/// <param name="UnknownType">The code for message types that do not exist; null: they are ignored.</param>
/// <param name="HasSend">Whether SEND and CALLRESULTERROR exist.</param>
public sealed record Framing(int LongestId, string? UnreadableId, string Malformed, string? UnknownType, bool HasSend)
{
    /// <summary>The longest id that is echoed at all, in any version.</summary>
    public const int LongestEcho = 255;

    /// <summary>Characters that an id may have by the specification, in every version.</summary>
    public const int LongestLawfulId = 36;

    /// <summary>
    /// OCPP-J 1.6, 4: 36 characters, but to refuse longer ids gains nothing; an unreadable id has no rule.
    /// </summary>
    public static readonly Framing V16 = new(LongestEcho, null, "FormationViolation", null, HasSend: false);

    /// <summary>OCPP 2.0.1 part 4, 4: section 4.1.3 would ignore unknown types, 4.4 has a code for them.</summary>
    public static readonly Framing V201 = new(36, "-1", "RpcFrameworkError", "MessageTypeNotSupported", HasSend: false);

    /// <summary>OCPP 2.1 part 4, 4.</summary>
    public static readonly Framing V21 = new(36, "-1", "RpcFrameworkError", null, HasSend: true);
}
