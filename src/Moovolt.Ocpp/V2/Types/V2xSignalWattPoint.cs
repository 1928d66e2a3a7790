namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, V2XSignalWattPointType: V2XSignal watt point.</summary>
public sealed record V2xSignalWattPoint(int Signal, decimal Power);
