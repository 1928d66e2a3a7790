using System.Collections.Immutable;

namespace Moovolt.ReadModel.StationJobs;

/// <summary>A firmware update or an upload, as a charger reports on it.</summary>
/// <param name="Kind">firmware, diagnostics or log.</param>
/// <param name="JobId">The command that asked for it; <c>unasked-…</c> for one that nobody here asked for.</param>
/// <param name="Location">Where it fetches or uploads, without a password; null when nobody here asked for it.</param>
/// <param name="Status">The charger's last word; null while it has said none.</param>
/// <param name="Ended">Nothing more is to come.</param>
/// <param name="Steps">What it said, in order.</param>
public sealed record StationJobRow(
    string Kind,
    string JobId,
    int? Number,
    string? Location,
    string? FileName,
    bool ReplacedOlder,
    string? Status,
    DateTimeOffset BegunAt,
    DateTimeOffset StatusAt,
    bool Ended,
    ImmutableArray<StationJobStep> Steps);

/// <param name="Status">OCPP's word.</param>
public sealed record StationJobStep(string Status, DateTimeOffset At);
