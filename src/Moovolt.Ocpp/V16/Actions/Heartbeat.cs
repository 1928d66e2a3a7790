namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.6: the charger is there, and wants to know the time. No entity is asked.</summary>
[OcppAction("Heartbeat", OcppVersion.V16)]
public sealed record Heartbeat : IChargerCall
{
    public sealed record Response(DateTimeOffset CurrentTime) : ITellsTime
    {
        public object At(DateTimeOffset now) => new Response(now);
    }

    private static readonly Response Timeless = new(default(DateTimeOffset));

    public Step Handle(Arrival arrival) => new Step.Respond(Timeless);
}
