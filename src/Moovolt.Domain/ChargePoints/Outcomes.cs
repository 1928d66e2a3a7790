namespace Moovolt.Domain.ChargePoints;

/// <summary>From what an exchange came to, to what is so afterwards.</summary>
internal static class Outcomes
{
    /// <summary>What is so as soon as it is asked: numbers and versions are given out once.</summary>
    public static ChargePoint Apply(ChargePoint state, StationRequest asked) => asked switch
    {
        StartCharging { Number: > 0 } wish => state with { LastRemoteStart = wish.Number },
        ReadConfiguration { Number: > 0 } wish => state with { LastReport = wish.Number },
        SwapBattery { Swap: > 0 } wish => state with { LastSwap = wish.Swap },
        ReportRequest { Number: > 0 } wish => state with { LastReport = wish.Number },
        Reserve wish => state with { LastReservation = wish.ReservationId },
        SendLocalList wish => state with { KnownList = LocalLists.Apply(state.LocalList, wish) },
        _ => state,
    };

    public static ChargePoint Apply(ChargePoint state, StationAnswered e) => e.Answer.Outcome switch
    {
        // Profiles have events of their own (ChargingProfiles); what was only read is for people.
        ProfileAccepted or ProfilesCleared or CompositeScheduleRead or DataTransferred => state,
        // What is in service is seen in the connectors' statuses; what was wished is for people.
        null or AvailabilityChanged or AvailabilityScheduled => state,

        ConfigurationRead outcome => state with { Configuration = Configurations.Apply(state.Configuration, outcome) },
        ConfigurationWritten outcome => state with { Configuration = Configurations.Apply(state.Configuration, outcome) },
        ConfigurationUnknown outcome => state with { Configuration = Configurations.Apply(state.Configuration, outcome) },

        LocalListAccepted outcome => state with { KnownList = LocalLists.Apply(state.LocalList, outcome, IsRaw(state, e)) },
        LocalListRefused => state with { KnownList = state.LocalList with { InStep = false } },
        LocalListVersionRead outcome => state with { KnownList = LocalLists.Apply(state.LocalList, outcome) },

        Reserved outcome => Reservations.Apply(state, outcome, e.At),
        ReservationCancelled outcome => Reservations.Over(state, outcome.ReservationId),

        JobTaken taken => state with { Jobs = StationJobs.Begin(state.Jobs, e.RequestId, taken) },
        ReportComing coming => state with { Reports = Reports.Apply(state.Reports, coming, state.LastEpoch, e.At) },
        HeldComing coming => state with { Reports = Reports.Apply(state.Reports, coming) },
        EventStreamAdjusted outcome => state with { Streams = EventStreams.Apply(state.Streams, outcome) },
        EventStreamsListed outcome => state with { Streams = EventStreams.Apply(outcome) },
        ScheduleUpdated outcome => state with { Schedules = DynamicSchedules.Apply(state.Schedules, outcome) },
        SwapAgreed outcome => state with { LastSwap = Math.Max(state.LastSwap, outcome.Swap) },
        TransactionStatusRead => state, // is told to the transaction (TransactionStatuses)
        NowHeld held => state with { Words = Held.Forget(state.Words, held.Things) },
        NoLongerHeld => state, // what a charger holds is for people
        NotKnownThere or CertificatesListed or CertificateGone or CertificateInstalled => state,
        PasswordTaken or PasswordKept => state, // has events of its own (Rotations)
        var unknown => throw new InvalidOperationException($"Nothing is known of {unknown.GetType().Name}"),
    };

    private static bool IsRaw(ChargePoint state, StationAnswered e) =>
        state.Asked.Any(known => known.RequestId == e.RequestId && known.Request is RawCall);
}
