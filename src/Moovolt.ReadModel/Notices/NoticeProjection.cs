using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Notices;

/// <summary>From what a charger tells, and nothing here acts on, to a row.</summary>
internal static class NoticeProjection
{
    public static readonly string[] Tables = ["notices"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version)
    {
        if (@event is not NoticeReceived e) yield break;
        yield return new Statement(
            "insert into notices (charge_point, sequence_number, kind, payload, truncated, at) values ($1, $2, $3, $4, $5, $6)",
            e.Id.Value, version, e.Kind, e.Payload, e.Truncated, e.At);
    }
}
