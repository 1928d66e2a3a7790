using System.Collections.Frozen;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.Compliance;

/// <summary>Every rule that chargers are watched for. A report has no more lines than this has.</summary>
public static class RuleBook
{
    private const string Schemas = "OCPP 1.6, 6 and its JSON schemas";

    public static readonly Rule NoSubprotocol = new(
        "no-subprotocol", "It offers no subprotocol (Sec-WebSocket-Protocol) when it connects.",
        "OCPP-J 1.6, 3.1.2", Tolerances.AssumeOcpp16);

    public static readonly Rule StraySlash = new(
        "stray-slash", "The address that it connects to has a slash too many.", "OCPP-J 1.6, 3.1.1");

    public static readonly Rule PingUnanswered = new(
        "ping-unanswered", "It does not answer pings, though it is there.", "RFC 6455, 5.5.2", Tolerances.NoPings);

    public static readonly Rule MessageIdNotText = new(
        "message-id-not-text", "Its message ids are no strings.", "OCPP-J 1.6, 4.1.4");

    public static readonly Rule MessageIdTooLong = new(
        "message-id-too-long", "Its message ids have more than 36 characters.", "OCPP-J 1.6, 4.1.4");

    public static readonly Rule ByteOrderMark = new(
        "byte-order-mark", "Its messages begin with a byte order mark.", "RFC 8259, 8.1");

    public static readonly Rule TrailingNul = new(
        "trailing-nul", "Its messages end with a NUL character.", "OCPP-J 1.6, 4.1.2");

    public static readonly Rule UnreadableFrame = new(
        "unreadable-frame", "A message is not JSON, or no message of OCPP-J.", "OCPP-J 1.6, 4.1.2 and 4.2");

    public static readonly Rule UnknownMessageType = new(
        "unknown-message-type", "A message has a type number that does not exist.", "OCPP-J 1.6, 4.1.3");

    public static readonly Rule ShortCallError = new(
        "short-callerror", "Its CALLERROR has fewer than five elements.", "OCPP-J 1.6, 4.2.3");

    public static readonly Rule UnknownErrorCode = new(
        "unknown-error-code", "Its CALLERROR has a code that does not exist.", "OCPP-J 1.6, 4.2.3");

    public static readonly Rule UnmatchedAnswer = new(
        "unmatched-answer", "It answers what nobody asked, or answers twice.", "OCPP-J 1.6, 4.1.4");

    public static readonly Rule SeveralCalls = new(
        "several-calls", "It sends a call while one of its calls waits for the answer.", "OCPP-J 1.6, 4.1.1");

    public static readonly Rule UnknownAction = new(
        "unknown-action", "It calls an action that does not exist.", "OCPP-J 1.6, 4.2.1");

    public static readonly Rule CallBeforeBoot = new(
        "call-before-boot", "It calls before its BootNotification was accepted.",
        "OCPP 1.6, 4.2", Tolerances.CallsBeforeBoot);

    public static readonly Rule PayloadNoObject = new(
        "payload-no-object", "The payload of a message is no object.", "OCPP-J 1.6, 4.2.1 and 4.2.2");

    public static readonly Rule MissingMember = new("missing-member", "A required member is missing.", Schemas);

    public static readonly Rule UnknownMember = new(
        "unknown-member", "A message has members that the action does not have.", Schemas);

    public static readonly Rule DuplicateMember = new(
        "duplicate-member", "A member is there twice.", "RFC 8259, 4", Tolerances.LooseSchema);

    public static readonly Rule NullMember = new(
        "null-member", "A member that it has nothing for is null, instead of left out.", Schemas);

    public static readonly Rule WrongType = new(
        "wrong-type", "A member is of another type than it must be.", Schemas, Tolerances.LooseSchema);

    public static readonly Rule NumberAsText = new(
        "number-as-text", "A number is written as text, or text as a number.", Schemas, Tolerances.LooseSchema);

    public static readonly Rule TooLong = new(
        "too-long", "A text is longer than it may be.", Schemas, Tolerances.LooseSchema);

    public static readonly Rule UnknownWord = new(
        "unknown-word", "A member has a word that the specification does not have.", Schemas, Tolerances.LooseSchema);

    public static readonly Rule TooFine = new(
        "too-fine", "A number has more decimals than it may have.", Schemas, Tolerances.LooseSchema);

    public static readonly Rule TooFewItems =
        new("too-few-items", "A list has fewer items than it must have.", Schemas);

    public static readonly Rule TooManyItems =
        new("too-many-items", "A list has more items than it may have.", Schemas, Tolerances.LooseSchema);

    public static readonly Rule SenselessValue = new("senseless-value", "A number is out of its range.", Schemas);

    public static readonly Rule TransactionIdNotOurs = new(
        "transaction-id-not-ours", "It names a transaction 0 or less, which is no number of ours.",
        "OCPP 1.6, 4.10 (and its errata, 3.18)");

    public static readonly Rule UnreadableTime = new(
        "unreadable-time", "A time cannot be read.", "OCPP 1.6, 3.14", Tolerances.LooseSchema);

    public static readonly Rule TimeWithoutOffset = new(
        "time-without-offset", "A time does not say from which time zone it is.", "OCPP 1.6, 3.14; RFC 3339, 5.6",
        Tolerances.LocalTime);

    /// <summary>By their codes.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. typeof(RuleBook).GetFields().Select(field => field.GetValue(null)).OfType<Rule>()
            .OrderBy(rule => rule.Code, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, Rule> ByCode = All.ToFrozenDictionary(rule => rule.Code);

    /// <summary>Null for a code that another version of the program had.</summary>
    public static Rule? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>What is odd about a frame that could be read all the same.</summary>
    public static IEnumerable<Rule> Of(FrameFlaws flaws)
    {
        if (flaws.HasFlag(FrameFlaws.IdNotText)) yield return MessageIdNotText;
        if (flaws.HasFlag(FrameFlaws.IdTooLong)) yield return MessageIdTooLong;
        if (flaws.HasFlag(FrameFlaws.ByteOrderMark)) yield return ByteOrderMark;
        if (flaws.HasFlag(FrameFlaws.TrailingNul)) yield return TrailingNul;
        if (flaws.HasFlag(FrameFlaws.ShortCallError)) yield return ShortCallError;
    }

    internal static Rule Of(Objection objection) => objection.Kind switch
    {
        ObjectionKind.Missing => MissingMember,
        ObjectionKind.Unknown => UnknownMember,
        ObjectionKind.Duplicate => DuplicateMember,
        ObjectionKind.Null => NullMember,
        ObjectionKind.OtherForm => NumberAsText,
        ObjectionKind.TooLong => TooLong,
        ObjectionKind.OtherWord => UnknownWord,
        ObjectionKind.UnreadableTime => UnreadableTime,
        ObjectionKind.NoOffset => TimeWithoutOffset,
        ObjectionKind.Senseless => objection.Path == "transactionId" ? TransactionIdNotOurs : SenselessValue,
        ObjectionKind.OutOfRange => SenselessValue,
        ObjectionKind.TooManyItems => TooManyItems,
        ObjectionKind.TooFine => TooFine,
        ObjectionKind.TooFewItems => TooFewItems,
        _ => WrongType,
    };
}
