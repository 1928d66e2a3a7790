using System.Text.Json;
using Moovolt.Ocpp;
using Moovolt.Simulation.World;

namespace Moovolt.Simulation.Chargers;

/// <summary>
/// A charger of OCPP 1.6: we number its transactions, and it waits for the number before it says more.
/// </summary>
internal sealed class Charger16(SimulatedWorld world, int number) : ModelCharger(world, number)
{
    public override Dialect Dialect { get; } = Dialect.Find("ocpp1.6")!; // one of ours

    protected override Saying Boot() => new(
        "BootNotification", () => """{"chargePointVendor":"Model","chargePointModel":"16"}""");

    protected override Saying Status(int connector, string status)
    {
        var at = Json(Clock);
        return new Saying("StatusNotification", () =>
            $$"""{"connectorId":{{connector}},"errorCode":"NoError","status":"{{status}}","timestamp":"{{at}}"}""");
    }

    protected override Saying Heartbeat() => new("Heartbeat", () => "{}");

    protected override Saying Start(Charge charge) => new("StartTransaction", () => $$"""
        {"connectorId":{{charge.Connector}},"idTag":"{{charge.Token}}","meterStart":{{charge.MeterStart}},
         "timestamp":"{{Json(charge.StartedAt)}}"}
        """)
    {
        Tells = Tells.Start, Of = charge, At = charge.StartedAt, Wh = charge.MeterStart,
    };

    protected override Saying Sample(Charge charge, long meter)
    {
        var at = Clock;
        return new Saying("MeterValues", () => $$"""
            {"connectorId":{{charge.Connector}},"transactionId":{{charge.LocalId}},
             "meterValue":[{"timestamp":"{{Json(at)}}","sampledValue":[{"value":"{{meter}}"}]}]}
            """)
        {
            Tells = Tells.Sample, Of = charge, At = at, Wh = meter,
        };
    }

    protected override Saying Stop(Charge charge) => new("StopTransaction", () => $$"""
        {"transactionId":{{charge.LocalId}},"idTag":"{{charge.Token}}","meterStop":{{charge.MeterStop}},
         "timestamp":"{{Json(charge.StoppedAt!.Value)}}"}
        """)
    {
        Tells = Tells.Stop, Of = charge, At = charge.StoppedAt!.Value, Wh = charge.MeterStop!.Value, // it has stopped
    };

    protected override void Learn(Charge charge, JsonElement payload)
    {
        var told = $"{payload.GetProperty("transactionId").GetInt32()}";
        if (charge.LocalId is { } before && before != told)
            World.Violated($"{charge} was numbered {before} and, when it was told again, {told}");
        charge.LocalId = told;
    }
}

/// <summary>A charger of OCPP 2.0.1 or 2.1: it numbers its transactions itself, and their steps.</summary>
internal sealed class Charger2(SimulatedWorld world, int number, string subprotocol) : ModelCharger(world, number)
{
    private int transactions;

    public override Dialect Dialect { get; } = Dialect.Find(subprotocol)!; // one of ours

    protected override Saying Boot() => new(
        "BootNotification", () => """{"reason":"PowerUp","chargingStation":{"vendorName":"Model","model":"2"}}""");

    protected override Saying Status(int connector, string status)
    {
        var at = Json(Clock);
        var word = status == "Charging" ? "Occupied" : status;
        return new Saying("StatusNotification", () =>
            $$"""{"timestamp":"{{at}}","connectorStatus":"{{word}}","evseId":{{connector}},"connectorId":1}""");
    }

    protected override Saying Heartbeat() => new("Heartbeat", () => "{}");

    protected override Saying Start(Charge charge)
    {
        charge.LocalId = $"{Id}-tx-{++transactions}";
        return Step(
            charge, Tells.Start, "Started", "Authorized", "Transaction.Begin", charge.StartedAt, charge.MeterStart);
    }

    protected override Saying Sample(Charge charge, long meter) =>
        Step(charge, Tells.Sample, "Updated", "MeterValuePeriodic", "Sample.Periodic", Clock, meter);

    protected override Saying Stop(Charge charge) => Step(
        charge, Tells.Stop, "Ended", "EVDeparted", "Transaction.End",
        charge.StoppedAt!.Value, charge.MeterStop!.Value); // it has stopped

    private Saying Step(
        Charge charge, Tells tells, string type, string trigger, string context, DateTimeOffset at, long meter)
    {
        var (step, offline) = (charge.NextStep++, IsOffline ? "true" : "false");
        var token = tells == Tells.Start ? $$""","idToken":{"idToken":"{{charge.Token}}","type":"ISO14443"}""" : "";
        return new Saying("TransactionEvent", () => $$"""
            {"eventType":"{{type}}","timestamp":"{{Json(at)}}","triggerReason":"{{trigger}}","seqNo":{{step}},
             "offline":{{offline}},"transactionInfo":{"transactionId":"{{charge.LocalId}}"},
             "evse":{"id":{{charge.Connector}},"connectorId":1}{{token}},
             "meterValue":[{"timestamp":"{{Json(at)}}","sampledValue":[{"value":{{meter}},"context":"{{context}}"}]}]}
            """)
        {
            Tells = tells, Of = charge, At = at, Wh = meter,
        };
    }
}
