using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, F03: asks for an end. The answer is a promise; the TransactionEvent is the fact.</summary>
[OcppAction("RequestStopTransaction", OcppVersion.V201, OcppVersion.V21)]
public sealed record RequestStopTransaction([MaxLength(36)] string TransactionId) : ICsmsCall<StopCharging>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(StopCharging request) =>
        Wording.Of(new RequestStopTransaction(request.Transaction.LocalId));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
