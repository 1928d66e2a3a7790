using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, B01 to B03: the charger introduces itself. Its words are only shown, so they may be longer than
/// allowed: a boot that is refused for its model's name is a charger that never charges.
/// </summary>
[OcppAction("BootNotification", OcppVersion.V201, OcppVersion.V21, MayPrecedeAcceptance = true)]
public sealed record BootNotification(
    ChargingStation ChargingStation,
    [AsItComes]
    [OneOf(
        "ApplicationReset", "FirmwareUpdate", "LocalReset", "PowerUp", "RemoteReset", "ScheduledReset", "Triggered",
        "Unknown", "Watchdog")]
    string Reason) : IChargerCall
{
    public sealed record Response(
        DateTimeOffset CurrentTime,
        int Interval,
        [OneOf("Accepted", "Pending", "Rejected")] string Status,
        StatusInfo? StatusInfo = null) : ITellsTime
    {
        public object At(DateTimeOffset now) => this with { CurrentTime = now };
    }

    private const int ShortestRetry = 300; // seconds, for a charger that we do not accept yet

    public Step Handle(Arrival arrival) => new Step.Ask(
        new ReportBoot(arrival.From, arrival.Epoch, Details(), arrival.At),
        reply => reply switch
        {
            BootAnswered answer => new Step.Respond(new Response(
                arrival.At, Interval(answer.Registration, arrival), $"{answer.Registration}")), // OCPP's words are ours
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            _ => new Step.StaySilent($"A boot is not answered with {reply.GetType().Name}."),
        });

    private BootDetails Details() => new(
        ChargingStation.VendorName, ChargingStation.Model,
        ChargingStation.SerialNumber, ChargingStation.FirmwareVersion,
        Iccid: ChargingStation.Modem?.Iccid, Imsi: ChargingStation.Modem?.Imsi, Reason: Reason);

    // Each charger has its own fifth on top, so that a fleet that is not accepted does not knock in step.
    private static int Interval(Registration registration, Arrival arrival) =>
        registration == Registration.Accepted
            ? arrival.HeartbeatInterval
            : ShortestRetry + (int)(Fingerprint.Of(arrival.From.Value) % (ShortestRetry / 5));
}
