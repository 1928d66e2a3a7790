using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, StreamDataElementType: a value of a stream.</summary>
/// <param name="T">Seconds after the base time of the message.</param>
public sealed record StreamDataElement(decimal T, [MaxLength(2500)] string V);
