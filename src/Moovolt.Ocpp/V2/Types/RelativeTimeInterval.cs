namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, RelativeTimeIntervalType: Relative time interval.</summary>
public sealed record RelativeTimeInterval(int Start, int? Duration = null);
