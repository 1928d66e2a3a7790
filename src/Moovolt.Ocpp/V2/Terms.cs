using System.Collections.Frozen;

namespace Moovolt.Ocpp.V2;

/// <summary>
/// OCPP 2.0.1 and OCPP 2.1: one family, since the second only adds to the first (part 4, 4.3 of both).
/// </summary>
internal static class Terms
{
    private static readonly FaultCodes Codes = new(
        "FormatViolation", "OccurrenceConstraintViolation", "TypeConstraintViolation", "PropertyConstraintViolation");

    private static readonly FrozenSet<string> ErrorCodes = FrozenSet.Create(
        "FormatViolation", "FormationViolation", "GenericError", "InternalError", "MessageTypeNotSupported",
        "NotImplemented", "NotSupported", "OccurenceConstraintViolation", "OccurrenceConstraintViolation",
        "PropertyConstraintViolation", "ProtocolError",
        "RpcFrameworkError", "SecurityError", "TypeConstraintViolation");

    public static readonly DialectTerms Of201 = new(
        "ocpp2.0.1", "OCPP 2.0.1", OcppVersion.V201, Framing.V201, Codes, ErrorCodes)
    {
        PasswordIsText = true, LongestToken = IdTokens.Longest(OcppVersion.V201),
    };

    public static readonly DialectTerms Of21 = new(
        "ocpp2.1", "OCPP 2.1", OcppVersion.V21, Framing.V21, Codes, ErrorCodes)
    {
        PasswordIsText = true, LongestToken = IdTokens.Longest(OcppVersion.V21),
    };
}
