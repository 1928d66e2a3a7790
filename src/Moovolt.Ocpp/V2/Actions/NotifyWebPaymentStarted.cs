using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, C25: somebody pays at a web page for an EVSE.</summary>
[OcppAction("NotifyWebPaymentStarted", OcppVersion.V21, KeepsPayload = true)]
public sealed record NotifyWebPaymentStarted([AtLeast(0)] int EvseId, int Timeout) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("NotifyWebPaymentStarted", arrival, new Response());
}
