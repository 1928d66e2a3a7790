namespace Moovolt.ReadModel.DataTransfers;

/// <summary>A vendor's message that came from a charger, or that it was sent, with its answer.</summary>
/// <param name="Truncated">True when only the beginning of the data was kept.</param>
/// <param name="Status">In camelCase: accepted, rejected, unknownMessageId or unknownVendorId.</param>
/// <param name="Answer">The data of the answer.</param>
/// <param name="RequestId">The command that sent it; null when it came from the charger.</param>
public sealed record DataTransferRow(
    long Number,
    bool FromCharger,
    string VendorId,
    string? MessageId,
    string? Data,
    bool Truncated,
    string Status,
    string? Answer,
    string? RequestId,
    DateTimeOffset At);
