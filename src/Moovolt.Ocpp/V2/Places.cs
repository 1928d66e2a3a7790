using Moovolt.Domain;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>OCPP 2.x has EVSEs, and connectors on them; EVSE 0 is the charging station itself.</summary>
internal static class Places
{
    /// <summary>Null when none is named. Connector 0 when only the EVSE is.</summary>
    public static ConnectorId? Of(Evse? evse) => evse switch
    {
        null or { Id: null } => null,
        { Id: <= 0 } => ConnectorId.ChargePoint,
        { Id: { } id } => new ConnectorId(id, Math.Max(0, evse.ConnectorId ?? 0)),
    };

    /// <summary>Null for the whole charging station.</summary>
    public static Evse? ToWire(ConnectorId? place) =>
        place is { Evse: > 0 } at ? new Evse(at.Evse, at.Connector > 0 ? at.Connector : null) : null;
}
