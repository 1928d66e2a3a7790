using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Schedule = Moovolt.Domain.ChargePoints.ChargingSchedule;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K08: what the charger will draw at most, all limits taken together.</summary>
[OcppAction("GetCompositeSchedule", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetCompositeSchedule(
    int Duration,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int EvseId,
    [OneOf("W", "A")] string? ChargingRateUnit = null) : ICsmsCall<ReadCompositeSchedule>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected")] string Status,
        StatusInfo? StatusInfo = null,
        CompositeSchedule? Schedule = null);

    public static Wording ToCall(ReadCompositeSchedule request) => Wording.Of(new GetCompositeSchedule(
        request.DurationSeconds, request.Connector.Evse, request.Unit is { } unit ? Profiles.Word(unit) : null));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => Read(((Response)heard.Response).Schedule),
        _ => new(
            RequestState.Rejected, null, "Rejected",
            "The charger cannot report that schedule: perhaps it does not know the EVSE."),
    };

    // Of the EVSE that was asked about: some chargers say another, or none.
    private StationAnswer Read(CompositeSchedule? schedule) =>
        schedule is { ChargingSchedulePeriod.IsDefaultOrEmpty: false }
            ? new(RequestState.Accepted)
            {
                Outcome = new CompositeScheduleRead(
                    EvseId > 0 ? new ConnectorId(EvseId, 0) : ConnectorId.ChargePoint,
                    schedule.ScheduleStart,
                    new Schedule(
                        Profiles.Unit(schedule.ChargingRateUnit),
                        schedule.Duration,
                        schedule.ScheduleStart,
                        null,
                        Profiles.Of(schedule.ChargingSchedulePeriod))),
            }
            : new(
                RequestState.Accepted, null, "noSchedule",
                "The charger said yes, and gave no schedule that can be read.");
}
