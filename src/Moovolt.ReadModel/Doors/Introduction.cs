namespace Moovolt.ReadModel.Doors;

/// <summary>What is known of a charger before it has said a word: how its handshake is to be judged.</summary>
/// <param name="Strict">It is held to the letter of the specification.</param>
/// <param name="QuirkProfile">The profile that its operator chose; null: whichever fits what it said at its last boot.</param>
/// <param name="SerialNumber">As it told it at its last boot.</param>
public sealed record Introduction(
    bool Strict, string? QuirkProfile, string? Vendor, string? Model, string? FirmwareVersion, string? SerialNumber = null);
