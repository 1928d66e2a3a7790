using System.Runtime.Serialization;
using Moovolt.Domain.ChargePoints;
using ProtoBuf.Meta;

namespace Moovolt.Journal;

/// <summary>
/// The protobuf model over the Domain's records. Field numbers are on the records; only what they cannot say is here.
/// </summary>
internal static class Contract
{
    /// <summary>
    /// The cases of closed sets that are members of stored events. A number is for ever: add, never change or reuse.
    /// </summary>
    public static readonly IReadOnlyList<(Type Set, Type Case, int Number)> Cases =
    [
        (typeof(StationRequest), typeof(RawCall), 101),
        (typeof(StationRequest), typeof(StartCharging), 102),
        (typeof(StationRequest), typeof(StopCharging), 103),
        (typeof(StationRequest), typeof(Restart), 104),
        (typeof(StationRequest), typeof(Unlock), 105),
        (typeof(StationRequest), typeof(ChangeAvailability), 106),
        (typeof(StationRequest), typeof(ReadConfiguration), 107),
        (typeof(StationRequest), typeof(WriteConfiguration), 108),
        (typeof(StationRequest), typeof(ClearCache), 109),
        (typeof(StationRequest), typeof(ReadLocalListVersion), 115),
        (typeof(StationRequest), typeof(SendLocalList), 116),
        (typeof(StationRequest), typeof(Reserve), 117),
        (typeof(StationRequest), typeof(CancelReservation), 118),
        (typeof(StationRequest), typeof(SetChargingProfile), 140),
        (typeof(StationRequest), typeof(ClearChargingProfile), 141),
        (typeof(StationRequest), typeof(ReadCompositeSchedule), 142),
        (typeof(StationRequest), typeof(TransferData), 143),

        (typeof(Outcome), typeof(AvailabilityScheduled), 101),
        (typeof(Outcome), typeof(ProfileAccepted), 135),
        (typeof(Outcome), typeof(ProfilesCleared), 136),
        (typeof(Outcome), typeof(CompositeScheduleRead), 137),
        (typeof(Outcome), typeof(DataTransferred), 138),

        (typeof(Outcome), typeof(ConfigurationRead), 105),
        (typeof(Outcome), typeof(ConfigurationWritten), 106),
        (typeof(Outcome), typeof(ConfigurationUnknown), 107),
        (typeof(Outcome), typeof(AvailabilityChanged), 108),
        (typeof(Outcome), typeof(LocalListVersionRead), 109),
        (typeof(Outcome), typeof(LocalListAccepted), 110),
        (typeof(Outcome), typeof(LocalListRefused), 111),
        (typeof(Outcome), typeof(Reserved), 112),
        (typeof(Outcome), typeof(ReservationCancelled), 113),
        (typeof(StationRequest), typeof(UpdateFirmware), 125),
        (typeof(StationRequest), typeof(UpdateSignedFirmware), 126),
        (typeof(StationRequest), typeof(UploadDiagnostics), 127),
        (typeof(StationRequest), typeof(UploadLog), 128),
        (typeof(StationRequest), typeof(Trigger), 129),
        (typeof(StationRequest), typeof(SendCertificate), 130),
        (typeof(StationRequest), typeof(InstallCertificate), 131),
        (typeof(StationRequest), typeof(DeleteCertificate), 132),
        (typeof(StationRequest), typeof(ListCertificates), 133),

        (typeof(Outcome), typeof(JobTaken), 120),
        (typeof(Outcome), typeof(NotKnownThere), 121),
        (typeof(Outcome), typeof(CertificatesListed), 122),
        (typeof(Outcome), typeof(CertificateGone), 123),
        (typeof(StationRequest), typeof(RotatePassword), 152),
        (typeof(Outcome), typeof(PasswordTaken), 147),
        (typeof(Outcome), typeof(PasswordKept), 148),
        (typeof(Outcome), typeof(CertificateInstalled), 149),

        (typeof(Outcome), typeof(ReportComing), 160),

        (typeof(StationRequest), typeof(SwapBattery), 200),
        (typeof(Outcome), typeof(EventStreamAdjusted), 200),
        (typeof(Outcome), typeof(EventStreamsListed), 201),
        (typeof(Outcome), typeof(ScheduleUpdated), 202),
        (typeof(Outcome), typeof(SwapAgreed), 203),
        (typeof(StationRequest), typeof(ReadHeld), 220),
        (typeof(StationRequest), typeof(ReleaseHeld), 221),
        (typeof(StationRequest), typeof(SetMonitors), 222),
        (typeof(StationRequest), typeof(SetMonitoring), 223),
        (typeof(StationRequest), typeof(ReadCustomer), 224),
        (typeof(StationRequest), typeof(ShowMessage), 225),
        (typeof(StationRequest), typeof(SetTariff), 226),
        (typeof(StationRequest), typeof(SetDerControl), 227),
        (typeof(StationRequest), typeof(ShowCost), 228),
        (typeof(StationRequest), typeof(UsePriority), 229),
        (typeof(StationRequest), typeof(AllowEnergyTransfer), 230),
        (typeof(StationRequest), typeof(SignalGrid), 231),
        (typeof(StationRequest), typeof(UpdateSchedule), 232),
        (typeof(StationRequest), typeof(PublishFirmware), 233),
        (typeof(StationRequest), typeof(UnpublishFirmware), 234),
        (typeof(Outcome), typeof(NowHeld), 220),
        (typeof(Outcome), typeof(NoLongerHeld), 221),
        (typeof(Outcome), typeof(HeldComing), 222),

        (typeof(StationRequest), typeof(ReadTransactionStatus), 290),
        (typeof(Outcome), typeof(TransactionStatusRead), 290),
    ];

    public static RuntimeTypeModel Model { get; } = Build();

    private static RuntimeTypeModel Build()
    {
        var model = RuntimeTypeModel.Create("moovolt");
        // Records have no parameterless constructor; members are set one by one.
        model.AfterApplyDefaultBehaviour += (_, added) => added.MetaType.UseConstructor = added.Type.IsValueType;
        model.Add(typeof(DateTimeOffset), applyDefaultBehaviour: false).SetSurrogate(typeof(Instant));
        foreach (var set in Cases.GroupBy(entry => entry.Set))
        {
            var type = model.Add(set.Key, applyDefaultBehaviour: false);
            type.UseConstructor = false;
            foreach (var (_, @case, number) in set) type.AddSubType(number, @case);
        }

        foreach (var type in JournalFormat.Known.Keys) model.Add(type);
        model.CompileInPlace();
        return model;
    }
}

/// <summary>A moment as it is stored: UTC ticks (100 ns since year 1). The domain's times are all UTC.</summary>
[DataContract]
internal readonly record struct Instant([property: DataMember(Order = 1)] long Ticks)
{
    public static implicit operator Instant(DateTimeOffset time) => new(time.UtcTicks);
    public static implicit operator DateTimeOffset(Instant instant) => new(instant.Ticks, TimeSpan.Zero);
}
