using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 4.2: the charger introduces itself. Its words are only shown, so they may be longer than allowed: a boot
/// that is refused for its model's name is a charger that never charges.
/// </summary>
[OcppAction("BootNotification", OcppVersion.V16, MayPrecedeAcceptance = true)]
public sealed record BootNotification(
    [AsItComes, MaxLength(20)] string ChargePointVendor,
    [AsItComes, MaxLength(20)] string ChargePointModel,
    [AsItComes, MaxLength(25)] string? ChargePointSerialNumber,
    [AsItComes, MaxLength(25)] string? ChargeBoxSerialNumber,
    [AsItComes, MaxLength(50)] string? FirmwareVersion,
    [AsItComes, MaxLength(20)] string? Iccid,
    [AsItComes, MaxLength(20)] string? Imsi,
    [AsItComes, MaxLength(25)] string? MeterType,
    [AsItComes, MaxLength(25)] string? MeterSerialNumber) : IChargerCall
{
    private const int ShortestRetry = 300; // seconds, for a charger that we do not accept yet

    public sealed record Response(
        [OneOf("Accepted", "Pending", "Rejected")] string Status,
        DateTimeOffset CurrentTime,
        int Interval) : ITellsTime
    {
        public object At(DateTimeOffset now) => this with { CurrentTime = now };
    }

    public Step Handle(Arrival arrival) => new Step.Ask(
        new ReportBoot(arrival.From, arrival.Epoch, Details(), arrival.At),
        reply => reply switch
        {
            BootAnswered answer => new Step.Respond(new Response(
                Word(answer.Registration), arrival.At, Interval(answer.Registration, arrival))),
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            _ => new Step.StaySilent($"A boot is not answered with {reply.GetType().Name}."),
        });

    private BootDetails Details() => new(
        ChargePointVendor, ChargePointModel, ChargePointSerialNumber,
        FirmwareVersion, ChargeBoxSerialNumber, Iccid, Imsi,
        MeterType, MeterSerialNumber);

    private static string Word(Registration registration) => registration switch
    {
        Registration.Accepted => "Accepted",
        Registration.Pending => "Pending",
        _ => "Rejected",
    };

    // Each charger has its own fifth on top, so that a fleet that is not accepted does not knock in step.
    private static int Interval(Registration registration, Arrival arrival) => registration == Registration.Accepted
        ? arrival.HeartbeatInterval
        : ShortestRetry + (int)(Fingerprint.Of(arrival.From.Value) % (ShortestRetry / 5));
}
