using System.Collections.Frozen;

namespace Moovolt.Ocpp;

/// <summary>All that tells one version from another, besides its actions.</summary>
/// <param name="Subprotocol">As in <c>Sec-WebSocket-Protocol</c>.</param>
/// <param name="Name">As people write it.</param>
/// <param name="ErrorCodes">What a CALLERROR may say, in every spelling that an edition has.</param>
internal sealed record DialectTerms(
    string Subprotocol,
    string Name,
    OcppVersion Version,
    Framing Framing,
    FaultCodes Codes,
    FrozenSet<string> ErrorCodes)
{
    /// <summary>
    /// A charger proves itself by the characters that it was given; else they are hex digits, and it proves itself by
    /// the octets that they stand for (OCPP 1.6 security whitepaper, A00.FR.205).
    /// </summary>
    public bool PasswordIsText { get; init; }

    /// <summary>Characters that a token may have.</summary>
    public required int LongestToken { get; init; }
}

/// <summary>How a version spells what is wrong with a payload.</summary>
/// <param name="Format">No object, or not written as the standard says.</param>
/// <param name="Occurrence">Something missing, or too many of it.</param>
/// <param name="Type">Of another type.</param>
/// <param name="Property">Of the right type, and still no lawful value.</param>
internal sealed record FaultCodes(string Format, string Occurrence, string Type, string Property);
