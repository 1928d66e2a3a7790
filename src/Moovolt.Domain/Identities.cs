using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using System.Text.RegularExpressions;

namespace Moovolt.Domain;

/// <summary>
/// Who a charge point is: the last segment of the address it connects to, percent-decoded once. Compared ordinally.
/// OCPP 2.0.1 part 4, 3.1.1 (identifierString, 48 characters); OCPP-J 1.6, 3.1.1, whose own example has a space.
/// </summary>
[DataContract]
public sealed partial record ChargePointId([property: DataMember(Order = 1)] string Value)
{
    /// <summary>
    /// Reads an identity; false for anything but 1 to 48 of the allowed characters, and for dot segments.
    /// </summary>
    /// <param name="text">Already percent-decoded.</param>
    /// <param name="id">The identity, when true.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ChargePointId? id)
    {
        id = text is not null and not ("." or "..") && Shape().IsMatch(text) ? new ChargePointId(text) : null;
        return id is not null;
    }

    public override string ToString() => Value;

    // A space only inside; \z and not $, which would let a last line feed through.
    [GeneratedRegex(@"\A(?! )[A-Za-z0-9*\-_=+|@.: ]{1,48}(?<! )\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

/// <summary>
/// Which transaction: the charge point and its local id, written <c>identity/localId</c>. An id that one charger
/// says can therefore never reach another charger's transaction.
/// </summary>
/// <param name="ChargePoint">Whose transaction it is.</param>
/// <param name="LocalId">
/// OCPP 1.6: the number that we gave it. 2.x: the charger's own id, up to 36 characters. Opaque.
/// </param>
[DataContract]
public sealed record TransactionId(
    [property: DataMember(Order = 1)] ChargePointId ChargePoint,
    [property: DataMember(Order = 2)] string LocalId)
{
    public const int MaxLocalIdLength = 36;

    /// <summary>Reads <c>identity/localId</c>, split at the first slash only.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TransactionId? id)
    {
        id = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || text is null || !ChargePointId.TryParse(text[..slash], out var chargePoint)) return false;
        var localId = text[(slash + 1)..];
        if (localId.Length is 0 or > MaxLocalIdLength) return false;
        id = new TransactionId(chargePoint, localId);
        return true;
    }

    public override string ToString() => $"{ChargePoint.Value}/{LocalId}";
}

/// <summary>
/// Which token: its text in upper case, since OCPP compares idTags without case (OCPP 1.6, 3.5; CiString).
/// What the charger wrote is kept in the transaction.
/// </summary>
[DataContract]
public sealed record TokenId
{
    /// <summary>
    /// Characters that a token has at most, in the version that allows the most (OCPP 2.1, IdTokenType). A longer text is
    /// nobody's, and must not become an entity.
    /// </summary>
    public const int MaxLength = 255;

    public TokenId(string text) => Key = text.ToUpperInvariant();

    [DataMember(Order = 1)]
    public string Key { get; private init; }

    public override string ToString() => Key;
}

/// <summary>
/// Which connector: the EVSE and the connector on it. OCPP 1.6 connector n is (n, 1); connector 0 is the charge
/// point itself, (0, 0).
/// </summary>
[DataContract]
public readonly record struct ConnectorId(
    [property: DataMember(Order = 1)] int Evse,
    [property: DataMember(Order = 2)] int Connector)
{
    public static readonly ConnectorId ChargePoint = new(0, 0);

    /// <summary>What OCPP 1.6 calls connector <paramref name="n"/>.</summary>
    public static ConnectorId Of16(int n) => n == 0 ? ChargePoint : new ConnectorId(n, 1);

    /// <summary>
    /// Whether both may mean one connector: connector 0 is any of its EVSE (OCPP 2.x may name the EVSE alone).
    /// </summary>
    public bool Meets(ConnectorId other) =>
        Evse == other.Evse && (Connector == other.Connector || (Evse > 0 && (Connector == 0 || other.Connector == 0)));

    public override string ToString() => $"{Evse}.{Connector}";
}
