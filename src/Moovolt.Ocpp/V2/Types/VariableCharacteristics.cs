using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, VariableCharacteristicsType: Variable characteristics.</summary>
public sealed record VariableCharacteristics(
    [OneOf("string", "decimal", "integer", "dateTime", "boolean", "OptionList", "SequenceList", "MemberList")]
    string DataType,
    bool SupportsMonitoring,
    [MaxLength(16)] string? Unit = null,
    decimal? MinLimit = null,
    decimal? MaxLimit = null,
    [Since(OcppVersion.V21), AsItComes, AtLeast(1)] int? MaxElements = null,
    [MaxLength(1000)] string? ValuesList = null);
