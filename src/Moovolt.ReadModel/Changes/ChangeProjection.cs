using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Changes;

/// <summary>What a listener is told of an event: ids and what is new, or nothing.</summary>
internal sealed record Change(string Type, ChargePointId? ChargePoint, object Body);

/// <summary>Which events change what people look at, and how a listener is told.</summary>
internal static class ChangeProjection
{
    public static readonly string[] Tables = ["changes"];

    /// <summary>Writes the changes of a whole batch, at PostgreSQL in one statement: nearly every event has one.</summary>
    /// <param name="last">The last id that was given before.</param>
    public static IEnumerable<Statement> Insert(
        SqlDialect dialect, long last, IReadOnlyList<(Change Change, DateTimeOffset At)> changes) =>
        dialect == SqlDialect.Postgres
            ?
            [
                new Statement(
                    "insert into changes (id, type, charge_point, body, at) select * from unnest($1, $2, $3, $4, $5)",
                    changes.Select((_, n) => last + 1 + n).ToArray(),
                    changes.Select(entry => entry.Change.Type).ToArray(),
                    changes.Select(entry => entry.Change.ChargePoint?.Value).ToArray(),
                    changes.Select(entry => StoredJson.Write(entry.Change.Body)).ToArray(),
                    changes.Select(entry => Instants.Store(entry.At)).ToArray()),
            ]
            : changes.Select((entry, n) => new Statement(
                "insert into changes (id, type, charge_point, body, at) values ($1, $2, $3, $4, $5)",
                last + 1 + n,
                entry.Change.Type,
                entry.Change.ChargePoint?.Value,
                StoredJson.Write(entry.Change.Body),
                entry.At));

    /// <param name="version">The event's sequence number.</param>
    public static Change? Of(object @event, long version) => @event switch
    {
        ChargePointEvent e => Of(e, version),
        TransactionEvent e => Of(e, version),
        TokenDefined e => new("token-changed", null, new { Id = e.Id.Key, e.Blocked, e.ExpiresAt, Version = version }),
        TokenRemoved e => new("token-removed", null, new { Id = e.Id.Key, Version = version }),
        _ => null,
    };

    private static Change? Of(ChargePointEvent @event, long version) => @event switch
    {
        ChargePointRegistered e => About(e, "charge-point-registered", new
        {
            Id = e.Id.Value, e.DisplayName, e.SecurityProfile, Version = version,
        }),
        SecurityProfileRaised e => About(e, "charge-point-security", new
        {
            Id = e.Id.Value, LowestSecurityProfile = e.Profile, e.At, Version = version,
        }),
        SecurityProfileLowered e => About(e, "charge-point-security", new
        {
            Id = e.Id.Value, LowestSecurityProfile = e.To, e.RequestedBy, e.At, Version = version,
        }),
        ChargePointRetired e => About(e, "charge-point-retired", new { Id = e.Id.Value, Version = version }),
        SessionOpened e => About(e, "charge-point-online", new
        {
            Id = e.Id.Value, e.Epoch, e.Protocol, e.Node, e.RemoteAddress, Since = e.At, Version = version,
        }),
        SessionClosed e => About(e, "charge-point-offline", new
        {
            Id = e.Id.Value, e.Epoch, e.Reason, Since = e.At, Version = version,
        }),
        ChargePointBooted e => About(e, "charge-point-booted", new
        {
            Id = e.Id.Value, e.Details.Vendor, e.Details.Model, e.Details.FirmwareVersion, e.At, Version = version,
        }),
        ClockSkewEstimated e => About(e, "charge-point-clock", new
        {
            Id = e.Id.Value, ClockSkewSeconds = e.Seconds, e.At, Version = version,
        }),
        ConnectorStatusChanged e => About(e, "connector-status", new
        {
            Id = e.Id.Value,
            e.Connector.Evse,
            e.Connector.Connector,
            e.Status.Status,
            e.Status.ErrorCode,
            e.At,
            Version = version,
        }),
        ConnectorStatusToldLate e => About(e, "connector-status-recorded", new
        {
            Id = e.Id.Value,
            e.Connector.Evse,
            e.Connector.Connector,
            e.Status.Status,
            e.Status.ErrorCode,
            e.ChargerAt,
            e.At,
            Version = version,
        }),
        StationRequested e => Command(e, e.RequestId, e.Epoch == 0 ? RequestState.Queued : RequestState.Sent, version),
        StationRequestSent e => Command(e, e.RequestId, RequestState.Sent, version),
        StationAnswered e => Command(e, e.RequestId, e.Answer.State, version),
        StationRequestSettled e => Command(e, e.RequestId, e.State, version),
        StationRequestDropped e => Command(e, e.RequestId, e.State, version),
        ChargingProfileInstalled e => About(e, "charging-profile-installed", new
        {
            Id = e.Id.Value,
            ProfileId = e.Installed.Profile.Id,
            e.Installed.Connector.Evse,
            e.Installed.Connector.Connector,
            e.Installed.Profile.Transaction,
            e.At,
            Version = version,
        }),
        ChargingProfilesEnded e => About(e, "charging-profiles-ended", new
        {
            Id = e.Id.Value, e.ProfileIds, e.Why, e.At, Version = version,
        }),
        DataTransferReceived e => About(e, "data-transferred", new
        {
            Id = e.Id.Value, e.VendorId, e.MessageId, Status = Word.Of(e.Status), e.At, Version = version,
        }),
        ReservationEnded e => About(e, "reservation-ended", new
        {
            Id = e.Id.Value, e.ReservationId, Status = Word.Of(e.How), e.LocalId, e.At, Version = version,
        }),
        JobProgressed e => About(e, "station-job-changed", new
        {
            Id = e.Id.Value, Kind = Word.Of(e.Kind), e.JobId, e.Status, e.At, Version = version,
        }),
        SecurityEventReported e => About(e, "security-event", new
        {
            Id = e.Id.Value, e.Type, Critical = e.IsCritical, e.Details, e.ChargerAt, e.At, Version = version,
        }),
        UnknownTransactionNamed e => About(e, "unknown-transaction-named", new
        {
            Id = e.Id.Value, e.LocalId, e.At, Version = version,
        }),
        ModelReported e => About(e, "device-model-reported", new
        {
            Id = e.Id.Value, e.Number, e.Parts, Whole = e.IsWhole, e.At, Version = version,
        }),
        HeldReported e => About(e, "station-reported", new
        {
            Id = e.Id.Value, Kind = Word.Of(e.Kind), e.Parts, Complete = true, e.At, Version = version,
        }),
        HeldTold e => About(e, "station-told", new
        {
            Id = e.Id.Value, Kind = Word.Of(e.Thing.Kind), Name = e.Thing.Id, e.Over, e.At, Version = version,
        }),
        ChargingNeedsTold e => About(e, "station-told", new
        {
            Id = e.Id.Value, Kind = Word.Of(e.Thing.Kind), Name = e.Thing.Id, Over = false, e.At, Version = version,
        }),
        StationEventsReported e => About(e, "station-events", new
        {
            Id = e.Id.Value,
            Events = e.Events.Select(told => new { told.Key, told.Value, told.Cleared, told.Severity, told.ChargerAt }),
            e.At,
            Version = version,
        }),
        TokenRefused e => About(e, "token-refused", new
        {
            Id = e.Id.Value, e.Token, Verdict = Word.Of(e.Status), e.At, Version = version,
        }),
        NoticeReceived e => About(e, "station-notice", new { Id = e.Id.Value, e.Kind, e.At, Version = version }),
        EventStreamOpened e => About(e, "event-stream-opened", new
        {
            Id = e.Id.Value, e.Opened.Stream, e.Opened.Monitor, e.At, Version = version,
        }),
        EventStreamClosed e => About(e, "event-stream-closed", new { Id = e.Id.Value, e.Stream, e.At, Version = version }),
        BatteriesSwapped e => About(e, "batteries-swapped", new
        {
            Id = e.Id.Value, e.Swap, Step = Word.Of(e.Step), e.Token, e.At, Version = version,
        }),
        InquiryAnswered e => About(e, "inquiry-answered", new
        {
            Id = e.Id.Value, Kind = Word.Of(e.Kind), e.Subject, e.Status, e.By, e.At, Version = version,
        }),
        SchedulePulled e => About(e, "schedule-pulled", new { Id = e.Id.Value, e.ProfileId, e.Limits, e.At, Version = version }),
        CertificateRequested e => About(e, "certificate-requested", new { Id = e.Id.Value, e.CsrHash, e.At, Version = version }),
        CertificateRefused e => About(e, "certificate-refused", new { Id = e.Id.Value, e.CsrHash, e.Why, e.At, Version = version }),
        CredentialRotated e => About(e, "credential-rotated", new
        {
            Id = e.Id.Value, CommandId = e.RequestId, e.At, Version = version,
        }),
        CredentialRotationDropped e => About(e, "credential-rotation-dropped", new
        {
            Id = e.Id.Value, CommandId = e.RequestId, e.Why, e.At, Version = version,
        }),
        StopUnplaced e => About(e, "stop-unplaced", new { Id = e.Id.Value, e.Why, e.At, Version = version }),
        _ => null,
    };

    private static Change? Of(TransactionEvent @event, long version) => @event switch
    {
        // What is told long after it was is no news: nobody shall hear that charging starts now.
        TransactionBegan e => About(e, e.Replayed ? "transaction-recorded" : "transaction-began", new
        {
            e.Id,
            e.Connector.Evse,
            e.Connector.Connector,
            e.Token,
            StartedAt = e.At,
            MeterStartWh = e.MeterStart?.WattHours,
            Version = version,
        }),
        SamplesRecorded e => About(e, "transaction-samples", new
        {
            e.Id,
            RegisterWh = e.Samples.Max(sample => sample.Register()?.WattHours),
            e.Step?.ChargingState,
            At = e.ArrivedAt,
            Version = version,
        }),
        TransactionAuthorized e => About(e, "transaction-authorized", new
        {
            e.Id, e.Token, Verdict = Word.Of(e.Verdict.Status), e.At, Version = version,
        }),
        TransactionEnded e => About(e, "transaction-ended", new
        {
            e.Id,
            EndedAt = e.At,
            MeterStopWh = e.MeterStop?.WattHours,
            DeliveredWh = e.Delivered.WattHours,
            StopReason = e.Reason,
            e.Inferred,
            e.ClosedBy,
            Version = version,
        }),
        StopSuspended e => About(e, "transaction-suspended", new { e.Id, e.At, Version = version }),
        SuspicionRaised e => About(e, "transaction-annotated", new
        {
            e.Id, e.Oddity.Code, e.Oddity.Detail, e.Holds, At = e.ArrivedAt, Version = version,
        }),
        SuspicionSettled e => About(e, "transaction-annotation-settled", new
        {
            e.Id, e.Code, e.StillHeld, At = e.ArrivedAt, Version = version,
        }),
        _ => null,
    };

    private static Change Command(ChargePointEvent e, string requestId, RequestState state, long version) =>
        About(e, "command-changed", new
        {
            Id = requestId, ChargePoint = e.Id.Value, State = Word.Of(state), e.At, Version = version,
        });

    private static Change About(ChargePointEvent e, string type, object body) => new(type, e.Id, body);

    private static Change About(TransactionEvent e, string type, object body) => new(type, e.Id.ChargePoint, body);
}
