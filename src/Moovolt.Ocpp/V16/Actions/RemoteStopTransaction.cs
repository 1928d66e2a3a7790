using System.Globalization;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.12: asks for an end. The answer is a promise; StopTransaction is the fact.</summary>
[OcppAction("RemoteStopTransaction", OcppVersion.V16)]
public sealed record RemoteStopTransaction(int TransactionId) : ICsmsCall<StopCharging>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public static Wording ToCall(StopCharging request) =>
        int.TryParse(request.Transaction.LocalId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Wording.Of(new RemoteStopTransaction(number))
            : Wording.Impossible(
                $"OCPP 1.6 numbers its transactions, and {request.Transaction.LocalId} is no such number.");

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
