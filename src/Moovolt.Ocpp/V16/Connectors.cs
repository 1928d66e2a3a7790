using System.Globalization;
using Moovolt.Domain;

namespace Moovolt.Ocpp.V16;

/// <summary>OCPP 1.6 numbers connectors from 1 and has no EVSEs; 0 is the charge point itself.</summary>
internal static class Connectors
{
    /// <summary>What 1.6 calls a connector; null when it has no number for it.</summary>
    public static int? Number(ConnectorId connector) => connector switch
    {
        { Evse: 0, Connector: 0 } => 0,
        { Evse: > 0, Connector: 0 or 1 } => connector.Evse,
        _ => null,
    };

    public static string Unknown(ConnectorId connector) => string.Create(
        CultureInfo.InvariantCulture, $"OCPP 1.6 has one connector per number, and none for {connector}.");
}
