using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, E14: is it still going on, and is anything still to be told? Its answer has no status. Without an id it
/// is of no transaction, and means nothing to us.
/// </summary>
[OcppAction("GetTransactionStatus", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetTransactionStatus([MaxLength(36)] string? TransactionId = null)
    : ICsmsCall<ReadTransactionStatus>
{
    public sealed record Response(bool MessagesInQueue, bool? OngoingIndicator = null);

    public static Wording ToCall(ReadTransactionStatus request) =>
        Wording.Of(new GetTransactionStatus(request.LocalId));

    public StationAnswer ToAnswer(Heard heard)
    {
        // Unreadable, it would read as "nothing": an end that the charger has kept would be inferred away.
        if (TransactionId is null || !heard.Payload.TryGetProperty("messagesInQueue", out var queue)
            || queue.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Answers.Judge(heard);
        }

        var said = (Response)heard.Response;
        return new(RequestState.Accepted, Outcome: new TransactionStatusRead(
            TransactionId, said.OngoingIndicator, said.MessagesInQueue));
    }
}
