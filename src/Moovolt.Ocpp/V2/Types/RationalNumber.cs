namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, RationalNumberType: Rational number.</summary>
public sealed record RationalNumber(int Exponent, int Value);
