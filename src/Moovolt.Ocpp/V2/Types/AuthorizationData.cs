namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, AuthorizationData: Authorization data.</summary>
public sealed record AuthorizationData(IdTokenType IdToken, IdTokenInfo? IdTokenInfo = null);
