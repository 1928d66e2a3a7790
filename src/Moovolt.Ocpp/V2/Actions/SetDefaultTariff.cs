using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, I07: the tariff for who has none of his own.</summary>
[OcppAction("SetDefaultTariff", OcppVersion.V21)]
public sealed record SetDefaultTariff([AtLeast(0)] int EvseId, Tariff Tariff) : ICsmsCall<SetTariff>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "TooManyElements", "ConditionNotSupported", "DuplicateTariffId")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(SetTariff request) => HeldThings.Parse<Tariff>(request.Tariff, out var wrong) switch
    {
        _ when wrong is not null => Wording.Wrong(wrong),
        null => Wording.Wrong("A tariff is an object."),
        var tariff when request.Transaction is { } transaction =>
            Wording.Of(new ChangeTransactionTariff(tariff, transaction)),
        var tariff => Wording.Of(new SetDefaultTariff(request.Place.Evse, tariff)),
    };

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Taken(heard, new HeldThing(
        HeldKind.Tariff, Tariff.TariffId, new ConnectorId(EvseId, 0), HeldThings.Print(Tariff), HeldThings.Default));
}
