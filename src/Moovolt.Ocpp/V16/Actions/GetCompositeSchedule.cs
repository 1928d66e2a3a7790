using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.7: what the charger will draw at most, all limits taken together.</summary>
[OcppAction("GetCompositeSchedule", OcppVersion.V16)]
public sealed record GetCompositeSchedule(
    [SenselessBelow(0, IsTaken = true)] int ConnectorId,
    int Duration,
    [OneOf("A", "W")] string? ChargingRateUnit) : ICsmsCall<ReadCompositeSchedule>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected")] string Status,
        int? ConnectorId,
        DateTimeOffset? ScheduleStart,
        ChargingSchedule? ChargingSchedule);

    public static Wording ToCall(ReadCompositeSchedule request) => Connectors.Number(request.Connector) is { } number
        ? Wording.Of(new GetCompositeSchedule(
            number, request.DurationSeconds, request.Unit is { } unit ? Profiles.Word(unit) : null))
        : Wording.Impossible(Connectors.Unknown(request.Connector));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => Read((Response)heard.Response),
        _ => new(
            RequestState.Rejected, null, "Rejected",
            "The charger cannot report that schedule: perhaps it does not know the connector."),
    };

    // Of the connector that was asked about: some chargers say another, or none.
    private StationAnswer Read(Response response) => Profiles.Of(response.ChargingSchedule) is { } schedule
        ? new(RequestState.Accepted)
        {
            Outcome = new CompositeScheduleRead(
                Domain.ConnectorId.Of16(ConnectorId), response.ScheduleStart ?? schedule.StartAt, schedule),
        }
        : new(
            RequestState.Accepted, null, "noSchedule", "The charger said yes, and gave no schedule that can be read.");
}
