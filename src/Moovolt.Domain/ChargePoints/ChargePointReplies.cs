using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

/// <summary>The charger is this session's, under this epoch.</summary>
/// <param name="Registered">What we last answered to a BootNotification; null when it never sent one.</param>
/// <param name="UnknownTokens">The operator's rule for this charger; null while nobody has registered it.</param>
[Sent("re-session-open"), DataContract]
public sealed record SessionOpen(
    [property: DataMember(Order = 1)] long Epoch,
    [property: DataMember(Order = 2)] Registration? Registered,
    [property: DataMember(Order = 3)] UnknownTokens? UnknownTokens) : Reply;

/// <summary>A newer session holds the charger, or the charge point is retired: this one must close.</summary>
/// <param name="Reason">One of <see cref="SessionEnd"/>.</param>
[Sent("re-fenced"), DataContract]
public sealed record Fenced([property: DataMember(Order = 1)] string Reason) : Reply;

/// <summary>Whether the charger may go on. The interval and the time are the gateway's to say.</summary>
[Sent("re-boot-answered"), DataContract]
public sealed record BootAnswered([property: DataMember(Order = 1)] Registration Registration) : Reply;

/// <summary>How far a wish has come.</summary>
[Sent("re-request-standing"), DataContract]
public sealed record RequestStanding([property: DataMember(Order = 1)] TrackedRequest Request) : Reply;

/// <summary>Call the charger. The session sends each request once, and answers with <see cref="AnswerRequest"/>.</summary>
/// <param name="Patience">Seconds to wait for the charger's answer.</param>
[Sent("to-call"), DataContract]
public sealed record CallStation(
    [property: DataMember(Order = 1)] long Epoch,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] StationRequest Request,
    [property: DataMember(Order = 4)] int Patience) : Delivery;

/// <summary>Close the socket: this session is over.</summary>
/// <param name="Reason">One of <see cref="SessionEnd"/>.</param>
[Sent("to-close"), DataContract]
public sealed record CloseSocket(
    [property: DataMember(Order = 1)] long Epoch,
    [property: DataMember(Order = 2)] string Reason) : Delivery;
