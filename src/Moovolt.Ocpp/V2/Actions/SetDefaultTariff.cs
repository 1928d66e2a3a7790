using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, I07: the tariff for who has none of his own.</summary>
[OcppAction("SetDefaultTariff", OcppVersion.V21)]
public sealed record SetDefaultTariff(int EvseId, Tariff Tariff) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "TooManyElements", "ConditionNotSupported", "DuplicateTariffId")] string Status,
        StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard, "Accepted");
}
