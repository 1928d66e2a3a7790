using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, E14: is it still going on, and is anything still to be told? Its answer has no status.
/// </summary>
[OcppAction("GetTransactionStatus", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetTransactionStatus([MaxLength(36)] string? TransactionId = null) : ICsmsCall
{
    public sealed record Response(bool MessagesInQueue, bool? OngoingIndicator = null);

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard);
}
