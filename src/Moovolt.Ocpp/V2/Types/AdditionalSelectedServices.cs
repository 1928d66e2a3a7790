using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, AdditionalSelectedServicesType: Additional selected services.</summary>
public sealed record AdditionalSelectedServices(RationalNumber ServiceFee, [MaxLength(80)] string ServiceName);
