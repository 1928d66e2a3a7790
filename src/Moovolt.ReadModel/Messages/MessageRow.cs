using Moovolt.ReadModel.Doors;

namespace Moovolt.ReadModel.Messages;

/// <summary>
/// A frame that was exchanged with a charger, for support. It holds no secret: it was redacted before it came here.
/// </summary>
/// <param name="Action">OCPP's action, when it could be read or is known.</param>
/// <param name="Truncated">True when only the beginning was kept.</param>
public sealed record MessageRow(
    long Number,
    string ChargePoint,
    long Epoch,
    FrameDirection Direction,
    string? Action,
    string Frame,
    bool Truncated,
    DateTimeOffset At);
