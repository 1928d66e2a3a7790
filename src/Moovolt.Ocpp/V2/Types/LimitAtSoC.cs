using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, LimitAtSoCType: Limit at so c.</summary>
public sealed record LimitAtSoC([AtLeast(0), AtMost(100)] int Soc, decimal Limit);
