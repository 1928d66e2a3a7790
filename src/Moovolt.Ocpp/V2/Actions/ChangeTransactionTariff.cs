using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, I12: another tariff for a transaction that goes on.</summary>
[OcppAction("ChangeTransactionTariff", OcppVersion.V21)]
public sealed record ChangeTransactionTariff(Tariff Tariff, [MaxLength(36)] string TransactionId) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "TooManyElements", "ConditionNotSupported", "TxNotFound", "NoCurrencyChange")]
        string Status,
        StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Taken(heard, new HeldThing(
        HeldKind.Tariff,
        Tariff.TariffId,
        ConnectorId.ChargePoint,
        HeldThings.Print(Tariff),
        $"transaction {TransactionId}"));
}
