using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.ChargePoints;

/// <summary>
/// What a charger that comes with another protocol than before (its firmware was exchanged) is no more: it says anew
/// which connectors it has and how it is configured. What has happened stays.
/// </summary>
internal static class Reborn
{
    private static readonly string[] Over =
        ["connectors", "configuration", "configuration_unknown", "configuration_reads", "device_variables"];

    /// <summary>Reads the protocol of before, so it comes before the row is written.</summary>
    public static IEnumerable<Statement> Of(SessionOpened e) => Over.Select(table => new Statement(
        $"""
         delete from {table} where charge_point = $1 and exists (
           select 1 from charge_points where id = $1 and protocol <> $2)
         """,
        e.Id.Value, e.Protocol));
}
