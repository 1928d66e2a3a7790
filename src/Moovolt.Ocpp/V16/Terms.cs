using System.Collections.Frozen;

namespace Moovolt.Ocpp.V16;

/// <summary>OCPP 1.6J and its security whitepaper.</summary>
internal static class Terms
{
    public static readonly DialectTerms Of16J = new(
        "ocpp1.6",
        "OCPP 1.6",
        OcppVersion.V16,
        Framing.V16,
        // "Occurence" is how 1.6 spells it, and its errata say that it stays (5.1).
        new FaultCodes("FormationViolation", "OccurenceConstraintViolation",
            "TypeConstraintViolation", "PropertyConstraintViolation"),
        FrozenSet.Create(
            "NotImplemented", "NotSupported", "InternalError", "ProtocolError", "SecurityError", "FormationViolation",
            "FormatViolation", "PropertyConstraintViolation", "OccurenceConstraintViolation",
            "OccurrenceConstraintViolation", "TypeConstraintViolation", "GenericError"))
    {
        LongestToken = IdTags.MaxLength,
    };
}
