namespace Moovolt.Simulator;

/// <summary>Which version of OCPP a charger speaks.</summary>
public enum Protocol
{
    Ocpp16 = 0,
    Ocpp201 = 1,
    Ocpp21 = 2,
}

/// <summary>What a version is called, on the wire and by people.</summary>
public static class Protocols
{
    /// <summary>As the handshake says it (OCPP-J 1.6, 3.1.2; OCPP 2.0.1 part 4, 3.1.2).</summary>
    public static string Subprotocol(this Protocol protocol) => $"ocpp{protocol.Number}";

    /// <param name="text">As people write it: 1.6, 2.0.1 or 2.1.</param>
    /// <returns>Null when it is no version that is spoken here.</returns>
    public static Protocol? Parse(string text) =>
        Enum.GetValues<Protocol>().Select(protocol => (Protocol?)protocol)
            .FirstOrDefault(protocol => protocol?.Number == text);

    extension(Protocol protocol)
    {
        private string Number => protocol switch
        {
            Protocol.Ocpp16 => "1.6",
            Protocol.Ocpp201 => "2.0.1",
            _ => "2.1",
        };
    }
}
