using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, AddressType: Address.</summary>
public sealed record Address(
    [MaxLength(50)] string Name,
    [MaxLength(100)] string Address1,
    [MaxLength(100)] string City,
    [MaxLength(50)] string Country,
    [MaxLength(100)] string? Address2 = null,
    [MaxLength(20)] string? PostalCode = null);
