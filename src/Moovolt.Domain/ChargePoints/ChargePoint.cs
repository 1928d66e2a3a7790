using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// What we know of a charge point: who it is, which session holds its socket, how its connectors are, what is open on
/// them, what was asked of it. Pure. It is its own snapshot, so a new member needs a number and a default, and, here or in
/// what it holds, the next name: an older program that came back would write snapshots without it under this one.
/// </summary>
[Journaled("cp-snapshot-3"), DataContract]
public sealed record ChargePoint
{
    public static readonly ChargePoint Initial = new();

    [DataMember(Order = 1)] public ChargePointRegistered? Registered { get; init; }
    [DataMember(Order = 2)] public bool Retired { get; init; }

    /// <summary>The last epoch that was handed out, whether its session still lives or not.</summary>
    [DataMember(Order = 3)] public long LastEpoch { get; init; }

    /// <summary>The session that holds the socket; null while the charger is away.</summary>
    [DataMember(Order = 4)] public SessionOpened? Session { get; init; }

    [DataMember(Order = 5)] public ChargePointBooted? Boot { get; init; }

    [DataMember(Order = 6)]
    public ImmutableArray<KnownConnector> Connectors { get => field.IsDefault ? [] : field; init; } = [];

    [DataMember(Order = 7)]
    public ImmutableArray<OpenTransaction> Open { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Every start that we ever numbered, for ever: a charger may repeat one after years (24 bytes each).</summary>
    [DataMember(Order = 8)]
    public ImmutableArray<NumberedStart> Numbered { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The wishes that are under way, and the last <see cref="Requests.Remembered"/> that are not.</summary>
    [DataMember(Order = 9)]
    public ImmutableArray<TrackedRequest> Asked { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Fingerprints of the last stops that named no transaction, so that a repeat is kept once.</summary>
    [DataMember(Order = 10)]
    public ImmutableArray<ulong> UnplacedStops { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whose the last epoch is: only that session may come back to it.</summary>
    [DataMember(Order = 11)] public string? LastSession { get; init; }

    /// <summary>The profiles that the charger took and holds, at most <see cref="ChargingProfiles.Most"/>.</summary>
    [DataMember(Order = 25)]
    public ImmutableArray<InstalledProfile> Profiles { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Fingerprints of the last vendors' messages that were taken, so that a retry is kept once.</summary>
    [DataMember(Order = 26)]
    public ImmutableArray<ulong> Transfers { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Which kinds of vendors' messages came that nobody has registered, in the last day.</summary>
    [DataMember(Order = 27)]
    public ImmutableArray<UnregisteredTransfer> UnregisteredTransfers
    {
        get => field.IsDefault ? [] : field;
        init;
    } = [];

    /// <summary>How the charger's clock runs; null while none of its messages have said.</summary>
    [DataMember(Order = 28)] public KnownClock? Clock { get; init; }

    /// <summary>Where the last stops that named no transaction of ours were placed, so that a repeat goes there too.</summary>
    [DataMember(Order = 29)]
    public ImmutableArray<PlacedStop> PlacedStops { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What the charger told of its configuration, at most <see cref="Configurations.Most"/> keys.</summary>
    [DataMember(Order = 15)]
    public ImmutableArray<ConfigurationItem> Configuration { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The tokens that the charger may judge by itself; null while none were ever sent or asked about.</summary>
    [DataMember(Order = 16)] public LocalList? KnownList { get; init; }

    /// <summary>The reservations that are active, at most <see cref="ChargePoints.Reservations.Most"/>.</summary>
    [DataMember(Order = 17)]
    public ImmutableArray<Reservation> Reservations { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The last number that was given to a reservation.</summary>
    [DataMember(Order = 18)] public int LastReservation { get; init; }

    /// <summary>The last number that a wish to start charging got.</summary>
    [DataMember(Order = 40)] public int LastRemoteStart { get; init; }

    /// <summary>The last number that a wish to be told of the charger's configuration got.</summary>
    [DataMember(Order = 41)] public int LastReport { get; init; }

    /// <summary>The reports that are on their way, and the last that came.</summary>
    [DataMember(Order = 42)]
    public ImmutableArray<KnownReport> Reports { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The last notices, so that a repeat is kept once; and refused tokens, so that they are no flood.</summary>
    [DataMember(Order = 43)]
    public ImmutableArray<HeardNotice> NoticesHeard { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The streams of values that are open, at most <see cref="EventStreams.Most"/>.</summary>
    [DataMember(Order = 50)]
    public ImmutableArray<KnownStream> Streams { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What was sent, or pulled, of dynamic profiles; at most <see cref="ChargingProfiles.Most"/>.</summary>
    [DataMember(Order = 51)]
    public ImmutableArray<KnownSchedule> Schedules { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The last steps of swaps of batteries, so that a repeat is kept once.</summary>
    [DataMember(Order = 52)]
    public ImmutableArray<HeardSwap> SwapsHeard { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The last number that a wish to swap batteries got.</summary>
    [DataMember(Order = 53)] public int LastSwap { get; init; }

    /// <summary>The last inquiries, so that the same is kept once.</summary>
    [DataMember(Order = 54)]
    public ImmutableArray<HeardInquiry> InquiriesHeard { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The charger's latest words on what it holds, so that a repeat is kept once.</summary>
    [DataMember(Order = 60)]
    public ImmutableArray<KnownWord> Words { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Keys of the last events of its components, so that a repeat is kept once.</summary>
    [DataMember(Order = 61)]
    public ImmutableArray<ulong> EventsHeard { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What the cars at its EVSEs want.</summary>
    [DataMember(Order = 62)]
    public ImmutableArray<KnownNeeds> Needs { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The tokens that the charger may judge by itself.</summary>
    public LocalList LocalList => KnownList ?? LocalList.None;

    /// <summary>The latest firmware update, diagnostics and log upload.</summary>
    [DataMember(Order = 20)]
    public ImmutableArray<KnownJob> Jobs { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Keys of the last security events, reported or seen, so that a repeat is kept once.</summary>
    [DataMember(Order = 21)]
    public ImmutableArray<ulong> SecurityEventsHeard { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The last certificates that it asked for.</summary>
    [DataMember(Order = 22)]
    public ImmutableArray<KnownCsr> CertificatesAsked { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The subprotocol of the last session; null before the first, and in snapshots that are older than this member.</summary>
    [DataMember(Order = 23)] public string? LastProtocol { get; init; }

    /// <summary>The last sessions that are over, at most <see cref="Sessions.MostOver"/>: they open nothing any more.</summary>
    [DataMember(Order = 97)]
    public ImmutableArray<string> SessionsOver { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The subprotocol that the charger speaks, or spoke last; null while nobody knows.</summary>
    public string? Protocol => Session?.Protocol ?? LastProtocol;

    /// <summary>Keys of the last statuses that were history, so that a repeat is kept once.</summary>
    [DataMember(Order = 38)]
    public ImmutableArray<ulong> ToldLate { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The rotation of which nobody knows yet whether the charger took the new password; null for none.</summary>
    [DataMember(Order = 36)] public string? Rotation { get; init; }

    /// <summary>The last rotation whose password the charger took; null when there was none.</summary>
    [DataMember(Order = 37)] public string? RotatedBy { get; init; }

    /// <summary>The highest security profile that it has connected at, 2 or 3; 0 while it has at neither.</summary>
    [DataMember(Order = 34)] public int LowestProfile { get; init; }

    /// <summary>What a BootNotification is answered.</summary>
    public Registration Registration => IsRenewing && Wished == Registration.Accepted ? Registration.Pending : Wished;

    /// <summary>What a BootNotification is answered by its operator's wish alone.</summary>
    public Registration Wished => Retired ? Registration.Rejected : Registered?.Registration ?? Registration.Accepted;

    /// <summary>
    /// True while it is here with a certificate that has expired: to get another one, and for nothing else (OCPP 2.0.1,
    /// A00.FR.429).
    /// </summary>
    public bool IsRenewing => Session?.CertificateExpiredAt is not null;

    /// <summary>The operator's rule for this charger; null while nobody has registered it.</summary>
    public UnknownTokens? UnknownTokens => Registered?.UnknownTokens;

    /// <summary>True when the charger is there and may be called (OCPP 1.6, 4.2: not before its boot is accepted).</summary>
    public bool MayBeCalled => Session is not null && Boot?.Registration == Registration.Accepted && !IsRenewing;

    public static Decision Decide(ChargePoint state, ChargePointCommand command) =>
        ChargingNeeds.Follow(state, DecideAlready(state, command));

    private static Decision DecideAlready(ChargePoint state, ChargePointCommand command) =>
        Effects.Follow(state, ClockSkew.Follow(state, TransactionStatuses.Follow(state, ChargingProfiles.Follow(
            state, ChargePoints.Reservations.Follow(
                state, command, Rotations.Follow(
                    state, command, BrokenReports.Follow(
                        state, command, UnknownTransactions.Follow(state, command, DecideAlone(state, command)))))))));

    private static Decision DecideAlone(ChargePoint state, ChargePointCommand command) => command switch
    {
        OpenSession c => Sessions.Open(state, c),
        CloseSession c => Sessions.Close(state, c),
        WithdrawSession c => Sessions.Withdraw(state, c),
        ReportBoot c => Sessions.ReportBoot(state, c),
        AskForBoot c => Unbooted.Ask(state, c),
        ReportStatus c => ConnectorStatuses.Report(state, c),
        ReportDataTransfer c => DataTransfers.Report(state, c),

        ReportJob c => StationJobs.Report(state, c),
        ReportSecurityEvent c => SecurityEvents.Report(state, c),
        ReportModelPart c => DeviceModels.Report(state, c),
        ReportNotice c => Notices.Report(state, c),
        OpenEventStream c => EventStreams.Open(state, c),
        CloseEventStream c => EventStreams.Close(state, c),
        ReportBatterySwap c => BatterySwaps.Report(state, c),
        RecordInquiry c => Inquiries.Record(state, c),
        PullSchedule c => DynamicSchedules.Pull(state, c),
        ReportHeldPart c => Held.Report(state, c),
        TellHeld c => Held.Tell(state, c),
        ReportEvents c => StationEvents.Report(state, c),
        ReportChargingNeeds c => ChargingNeeds.Report(state, c),
        ReportReservationOver c => ChargePoints.Reservations.Report(state, c),
        RequestCertificate c => Certificates.Request(state, c),
        RefuseCertificate c => Certificates.Refuse(state, c),

        NumberTransaction c => Numbering.Number(state, c),
        PlaceSamples c => Numbering.Place(state, c),
        PlaceStop c => StopPlacing.Place(state, c),
        NoteTransactionBegan c => Numbering.Note(state, c),
        NoteTransactionEnded c => Numbering.Note(state, c),
        LookForStop c => MissingStops.Look(state, c),
        NoteTokenRefused c => Hindrances.Note(state, c),

        RegisterChargePoint c => Registrations.Register(state, c),
        RetireChargePoint c => Registrations.Retire(state, c),

        RequestStation c => Requests.Ask(state, c),
        FindRequest c => Requests.Find(state, c),
        FindProtocol c => Requests.Find(state, c),
        CancelRequest c => Requests.Cancel(state, c),
        AnswerRequest c => Requests.Answer(state, c),
        WakeChargePoint c => Requests.Wake(state, c),

        _ => throw new InvalidOperationException($"A charge point takes no {command.GetType().Name}"),
    };

    public static ChargePoint Apply(ChargePoint state, ChargePointEvent @event) => @event switch
    {
        ChargePointRegistered e => state with { Registered = e, Retired = false },
        ChargePointRetired => state with { Retired = true },
        SessionOpened e => Sessions.Apply(state, e),
        SessionClosed e => Sessions.Apply(state, e),
        SessionWithdrawn e => Sessions.Over(state, e.Session),
        ChargePointBooted e => state with { Boot = e },
        SecurityProfileRaised e => state with { LowestProfile = e.Profile },
        SecurityProfileLowered e => state with { LowestProfile = e.To },
        ConnectorStatusChanged e => state with
        {
            Connectors = ConnectorStatuses.Apply(state.Connectors, e), Clock = ClockSkew.Apply(state, e),
        },
        ConnectorStatusToldLate e => OldStatuses.Apply(state, e),
        ClockSkewEstimated e => state with { Clock = ClockSkew.Apply(state, e) },

        JobProgressed e => state with { Jobs = StationJobs.Apply(state.Jobs, e) },
        ModelPartReported e => DeviceModels.Apply(state, e),
        ModelReportBrokeOff e => state with { Reports = ChargePoints.Reports.Apply(state.Reports, e) },
        ModelReported => state,
        HeldPartReported e => state with { Reports = ChargePoints.Reports.Add(state.Reports, e.Number, e.Part, e.Last) },
        HeldReported => state,
        HeldTold e => state with { Words = Held.Apply(state.Words, e) },
        StationEventsReported e => state with { EventsHeard = StationEvents.Apply(state.EventsHeard, e) },
        ChargingNeedsBound e => state with { Needs = ChargingNeeds.Apply(state.Needs, e) },
        ChargingNeedsTold e => state with { Needs = ChargingNeeds.Apply(state.Needs, e) },
        NoticeReceived e => state with { NoticesHeard = Notices.Apply(state.NoticesHeard, e) },
        TokenRefused e => state with { NoticesHeard = RefusedTokens.Apply(state.NoticesHeard, e) },
        EventStreamOpened e => state with { Streams = EventStreams.Apply(state.Streams, e) },
        EventStreamClosed e => state with { Streams = EventStreams.Apply(state.Streams, e) },
        BatteriesSwapped e => state with { SwapsHeard = BatterySwaps.Apply(state.SwapsHeard, e) },
        InquiryAnswered e => state with { InquiriesHeard = Inquiries.Apply(state.InquiriesHeard, e) },
        SchedulePulled e => state with { Schedules = DynamicSchedules.Apply(state.Schedules, e) },
        SecurityEventReported e =>
            state with { SecurityEventsHeard = SecurityEvents.Apply(state.SecurityEventsHeard, e.Key) },
        UnknownTransactionNamed e =>
            state with { SecurityEventsHeard = SecurityEvents.Apply(state.SecurityEventsHeard, e.Key) },
        CertificateRequested e => state with { CertificatesAsked = Certificates.Apply(state.CertificatesAsked, e) },
        CertificateRefused e => state with { CertificatesAsked = Certificates.Apply(state.CertificatesAsked, e) },

        TransactionNumbered e => state with
        {
            Numbered = state.Numbered.Add(e.Start),
            Open = state.Open.Add(new OpenTransaction(
                $"{e.Start.Number}", e.Connector, e.Token, e.At, e.StartedAt, e.Reservation)),
            Clock = ClockSkew.Apply(state, e),
        },
        TransactionOpenNoted e => state with
        {
            Open = state.Open.RemoveAll(open => open.LocalId == e.LocalId)
                .Add(new OpenTransaction(e.LocalId, e.Connector, e.Token, e.At, e.StartedAt)),
        },
        TransactionOverNoted e => state with
        {
            Open = state.Open.RemoveAll(open => open.LocalId == e.LocalId),
            Needs = ChargingNeeds.Apply(state.Needs, e),
        },
        StopUnplaced e => StopPlacing.Apply(state, e),
        StopPlaced e => StopPlacing.Apply(state, e),

        StationAnswered e => Certificates.Came(
            Outcomes.Apply(state with { Asked = Requests.Apply(state.Asked, e) }, e), e.RequestId, e.Answer.State, e.At),
        StationRequested e => Rotations.Begin(
            Outcomes.Apply(state with { Asked = Requests.Apply(state.Asked, e) }, e.Request), e.RequestId),
        StationRequestSent e => Rotations.Begin(state with { Asked = Requests.Apply(state.Asked, e) }, e.RequestId),
        CredentialRotated e => Rotations.Apply(state, e),
        CredentialRotationDropped e => Rotations.Apply(state, e),
        StationRequestDropped e => Certificates.Came(
            state with { Asked = Requests.Apply(state.Asked, e) }, e.RequestId, e.State, e.At),
        StationEffectSeen or StationRequestSettled or StationRequestHindered =>
            state with { Asked = Requests.Apply(state.Asked, @event) },

        ChargingProfileInstalled e => state with
        {
            Profiles = ChargingProfiles.Apply(state.Profiles, e), Schedules = DynamicSchedules.Apply(state.Schedules, e),
        },
        ReservationEnded e => ChargePoints.Reservations.Over(state, e.ReservationId),
        ChargingProfilesEnded e => state with
        {
            Profiles = ChargingProfiles.Apply(state.Profiles, e), Schedules = DynamicSchedules.Apply(state.Schedules, e),
        },
        DataTransferReceived e => DataTransfers.Apply(state, e),

        _ => throw new InvalidOperationException($"A charge point has no {@event.GetType().Name}"),
    };
}

/// <summary>A connector as the charger last described it.</summary>
/// <param name="ChargerAt">The charger's own time, when it gave one.</param>
[DataContract]
public sealed record KnownConnector(
    [property: DataMember(Order = 1)] ConnectorId Id,
    [property: DataMember(Order = 2)] ConnectorStatus Status,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] DateTimeOffset? ChargerAt = null);

/// <summary>A transaction that is open on a connector. 1.6 may have several on one connector: starts can be replayed.</summary>
/// <param name="At">When we learnt of it.</param>
/// <param name="StartedAt">By the charger's own clock.</param>
/// <param name="Reservation">The reservation that the charger says it uses up; null for none.</param>
[DataContract]
public sealed record OpenTransaction(
    [property: DataMember(Order = 1)] string LocalId,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] string Token,
    [property: DataMember(Order = 4)] DateTimeOffset At,
    [property: DataMember(Order = 5)] DateTimeOffset? StartedAt = null,
    [property: DataMember(Order = 6)] int? Reservation = null);
