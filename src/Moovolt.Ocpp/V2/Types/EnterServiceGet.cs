using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EnterServiceGetType: Enter service get.</summary>
public sealed record EnterServiceGet(EnterService EnterService, [MaxLength(36)] string Id);
