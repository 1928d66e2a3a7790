using System.Globalization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N09: a part of what is known of a customer.</summary>
[OcppAction("NotifyCustomerInformation", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyCustomerInformation(
    [MaxLength(512)] string Data,
    [AtLeast(0, Since = OcppVersion.V21)] int SeqNo,
    DateTimeOffset GeneratedAt,
    [AtLeast(0, Since = OcppVersion.V21)] int RequestId,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportHeldPart(
            arrival.From,
            arrival.Epoch,
            HeldKind.CustomerInformation,
            RequestId,
            SeqNo,
            Tbc != true,
            [
                new HeldThing(
                    HeldKind.CustomerInformation,
                    string.Create(CultureInfo.InvariantCulture, $"{RequestId:D10}/{SeqNo:D6}"),
                    ConnectorId.ChargePoint,
                    HeldThings.Print(new { Text = Data })),
            ],
            arrival.At),
        new Response());
}
