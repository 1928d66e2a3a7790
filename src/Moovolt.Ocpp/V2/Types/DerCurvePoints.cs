namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, DERCurvePointsType: DERCurve points.</summary>
public sealed record DerCurvePoints(decimal X, decimal Y);
