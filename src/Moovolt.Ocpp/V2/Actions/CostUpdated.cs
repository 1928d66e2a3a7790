using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, I02: what the transaction costs so far. Its answer has no status.</summary>
[OcppAction("CostUpdated", OcppVersion.V201, OcppVersion.V21)]
public sealed record CostUpdated(decimal TotalCost, [MaxLength(36)] string TransactionId) : ICsmsCall<ShowCost>
{
    public sealed record Response;

    public static Wording ToCall(ShowCost request) => Wording.Of(new CostUpdated(request.Total, request.Transaction));

    public StationAnswer ToAnswer(Heard heard) =>
        HeldThings.Taken(heard, HeldThings.OfTransaction(HeldKind.Cost, TransactionId, new { Total = TotalCost }));
}
