using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, O01 and O02: show that.</summary>
[OcppAction("SetDisplayMessage", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetDisplayMessage(MessageInfo Message) : ICsmsCall<ShowMessage>
{
    public sealed record Response(
        [OneOf(
            "Accepted", "NotSupportedMessageFormat", "Rejected", "NotSupportedPriority", "NotSupportedState",
            "UnknownTransaction")]
        [OneOf("LanguageNotSupported", Since = OcppVersion.V21)]
        string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(ShowMessage request) => Wording.Of(new SetDisplayMessage(new MessageInfo(
        request.Id,
        request.Priority,
        new MessageContent(request.Format, request.Text, request.Language),
        State: request.State,
        StartDateTime: request.From,
        EndDateTime: request.To,
        TransactionId: request.Transaction)));

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Taken(heard, HeldThings.Of(Message));
}
