using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, MessageInfoType: Message info.</summary>
public sealed record MessageInfo(
    [AtLeast(0, Since = OcppVersion.V21)] int Id,
    [OneOf("AlwaysFront", "InFront", "NormalCycle")] string Priority,
    MessageContent Message,
    Component? Display = null,
    [OneOf("Charging", "Faulted", "Idle", "Unavailable")]
    [OneOf("Suspended", "Discharging", Since = OcppVersion.V21)]
    string? State = null,
    DateTimeOffset? StartDateTime = null,
    DateTimeOffset? EndDateTime = null,
    [MaxLength(36)] string? TransactionId = null,
    [Since(OcppVersion.V21), MinItems(1), MaxItems(4)] ImmutableArray<MessageContent>? MessageExtra = null);
