using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.ChargingProfiles;

/// <summary>From what happened to a charger's profiles to their rows. One that is no more has none.</summary>
internal static class ChargingProfileProjection
{
    public static readonly string[] Tables = ["charging_profiles"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        ChargingProfileInstalled e =>
            [.. e.Replaced.Select(id => Delete(e, id)), Delete(e, e.Installed.Profile.Id), Insert(e)],
        ChargingProfilesEnded e => e.ProfileIds.Select(id => Delete(e, id)),
        _ => [],
    };

    private static Statement Insert(ChargingProfileInstalled e) => new(
        """
        insert into charging_profiles (charge_point, id, evse, connector, awaited_token, body, request_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        e.Id.Value,
        e.Installed.Profile.Id,
        e.Installed.Connector.Evse,
        e.Installed.Connector.Connector,
        e.Installed.AwaitedToken,
        ProfileWords.Of(e.Installed.Profile).ToJsonString(),
        e.Installed.RequestId,
        e.Installed.At);

    private static Statement Delete(ChargePointEvent e, int id) =>
        new("delete from charging_profiles where charge_point = $1 and id = $2", e.Id.Value, id);
}
