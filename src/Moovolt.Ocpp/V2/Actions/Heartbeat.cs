namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, G02: the charger is there, and wants to know the time. No entity is asked.</summary>
[OcppAction("Heartbeat", OcppVersion.V201, OcppVersion.V21)]
public sealed record Heartbeat : IChargerCall
{
    public sealed record Response(DateTimeOffset CurrentTime) : ITellsTime
    {
        public object At(DateTimeOffset now) => new Response(now);
    }

    private static readonly Response Timeless = new(default(DateTimeOffset));

    public Step Handle(Arrival arrival) => new Step.Respond(Timeless);
}
