using System.Collections.Immutable;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.Transactions;

/// <summary>A charging transaction as operators see it.</summary>
/// <param name="Id">The charge point and the local id: CP-1/17.</param>
/// <param name="Token">As the charger wrote it; empty when it named nobody.</param>
/// <param name="State">running, ended, or suspended: only its stop or samples are known, and no start.</param>
/// <param name="DeliveredWh">What it came to; while it runs, what its samples prove so far.</param>
/// <param name="StoppedBy">The token that stopped it.</param>
/// <param name="Verdict">What was thought of the token at the start.</param>
/// <param name="Annotations">What is odd about it.</param>
/// <param name="StartArrivedAt">When we heard of the start; startedAt is the charger's own time.</param>
/// <param name="EndArrivedAt">When we heard of the end; endedAt is the charger's own time.</param>
/// <param name="DurationSeconds">
/// From startedAt to endedAt; null while it runs, or when its times make no sense.
/// </param>
/// <param name="Inferred">
/// No stop has come; what else was seen says that it is over. The charger's own stop corrects it.
/// </param>
/// <param name="ClosedBy">The operator who closed the record.</param>
/// <param name="Suspect">A person should look before anybody pays: the annotations say why.</param>
/// <param name="Replayed">The charger told of it long after it had begun.</param>
/// <param name="ClockSkewSeconds">
/// How far the charger's clock was ahead of ours at the start; null when not to speak of.
/// </param>
/// <param name="ChargingState">
/// As its latest step had it, in the charger's words (OCPP 2.x); null when it tells none.
/// </param>
/// <param name="MissingSteps">
/// What the charger must have told and we have not heard, by its own numbers (OCPP 2.x, seqNo); empty when nothing is
/// known to be missing.
/// </param>
internal sealed record TransactionResource(
    string Id,
    string ChargePoint,
    string LocalId,
    int Evse,
    int Connector,
    string? Token,
    string State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    long? MeterStartWh,
    long? MeterStopWh,
    long? DeliveredWh,
    string? StopReason,
    string? StoppedBy,
    string? Verdict,
    ImmutableArray<TransactionResource.Annotation> Annotations,
    DateTimeOffset? StartArrivedAt,
    DateTimeOffset? EndArrivedAt,
    double? DurationSeconds,
    bool Inferred,
    string? ClosedBy,
    bool Suspect,
    bool Replayed,
    int? ClockSkewSeconds,
    string? ChargingState,
    ImmutableArray<TransactionResource.Gap> MissingSteps)
{
    /// <param name="From">Null: from the beginning, whatever its number.</param>
    /// <param name="To">The last that is missing; null when its steps bear no numbers.</param>
    internal sealed record Gap(int? From, int? To);

    /// <param name="Code">Stable, such as meter-runs-backwards.</param>
    internal sealed record Annotation(string Code, string Detail, DateTimeOffset At);

    public static TransactionResource Of(TransactionRow row) => new(
        row.Id,
        row.ChargePoint,
        row.LocalId,
        row.Evse,
        row.Connector,
        row.Token,
        row.State,
        row.StartedAt,
        row.EndedAt,
        row.MeterStartWh,
        row.MeterStopWh,
        row.DeliveredWh,
        row.StopReason,
        row.StoppedBy,
        row.Verdict,
        [.. row.Annotations.Select(odd => new Annotation(odd.Code, odd.Detail, odd.At))],
        row.StartArrivedAt,
        row.EndArrivedAt,
        row.Duration?.TotalSeconds,
        row.Inferred,
        row.ClosedBy,
        row.Suspect,
        row.Replayed,
        row.ClockSkewSeconds,
        row.ChargingState,
        [.. row.MissingSteps.Select(gap => new Gap(gap.From, gap.To))]);
}
