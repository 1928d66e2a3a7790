namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, LimitAtSoCType: Limit at so c.</summary>
public sealed record LimitAtSoC(int Soc, decimal Limit);
