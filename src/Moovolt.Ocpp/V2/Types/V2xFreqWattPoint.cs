namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, V2XFreqWattPointType: V2XFreq watt point.</summary>
public sealed record V2xFreqWattPoint(decimal Frequency, decimal Power);
