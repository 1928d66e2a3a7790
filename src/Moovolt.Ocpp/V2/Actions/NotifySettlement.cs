using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.1, C18 and C22: a payment was settled at the terminal, or was not. There is no receipt of ours.
/// </summary>
[OcppAction("NotifySettlement", OcppVersion.V21, KeepsPayload = true)]
public sealed record NotifySettlement(
    [MaxLength(255)] string PspRef,
    [OneOf("Settled", "Canceled", "Rejected", "Failed")] string Status,
    decimal SettlementAmount,
    DateTimeOffset SettlementTime,
    [MaxLength(36)] string? TransactionId = null,
    [MaxLength(500)] string? StatusInfo = null,
    [MaxLength(50)] string? ReceiptId = null,
    [MaxLength(2000)] string? ReceiptUrl = null,
    Address? VatCompany = null,
    [MaxLength(20)] string? VatNumber = null) : IChargerCall
{
    public sealed record Response(
        [MaxLength(2000)] string? ReceiptUrl = null,
        [MaxLength(50)] string? ReceiptId = null);

    public Step Handle(Arrival arrival) =>
        Answers.Keep("NotifySettlement", arrival, new Response());
}
