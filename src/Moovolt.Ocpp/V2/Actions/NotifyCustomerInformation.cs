using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N09: a part of what is known of a customer.</summary>
[OcppAction("NotifyCustomerInformation", OcppVersion.V201, OcppVersion.V21, KeepsPayload = true)]
public sealed record NotifyCustomerInformation(
    [MaxLength(512)] string Data,
    int SeqNo,
    DateTimeOffset GeneratedAt,
    int RequestId,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("NotifyCustomerInformation", arrival, new Response());
}
