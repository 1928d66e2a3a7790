using System.Collections.Immutable;

namespace Moovolt.EndToEnd.Actions;

/// <summary>The actions of OCPP 1.6: 28 of its specification, and 11 of its security whitepaper.</summary>
internal static class Actions16
{
    public static readonly ImmutableArray<KnownAction> All =
    [
        new("Authorize", Way.FromCharger),
        new("BootNotification", Way.FromCharger),
        new("CancelReservation", Way.ToCharger),
        new("CertificateSigned", Way.ToCharger),
        new("ChangeAvailability", Way.ToCharger),
        new("ChangeConfiguration", Way.ToCharger),
        new("ClearCache", Way.ToCharger),
        new("ClearChargingProfile", Way.ToCharger),
        new("DataTransfer", Way.FromCharger, Way.ToCharger),
        new("DeleteCertificate", Way.ToCharger),
        new("DiagnosticsStatusNotification", Way.FromCharger),
        new("ExtendedTriggerMessage", Way.ToCharger),
        new("FirmwareStatusNotification", Way.FromCharger),
        new("GetCompositeSchedule", Way.ToCharger),
        new("GetConfiguration", Way.ToCharger),
        new("GetDiagnostics", Way.ToCharger),
        new("GetInstalledCertificateIds", Way.ToCharger),
        new("GetLocalListVersion", Way.ToCharger),
        new("GetLog", Way.ToCharger),
        new("Heartbeat", Way.FromCharger),
        new("InstallCertificate", Way.ToCharger),
        new("LogStatusNotification", Way.FromCharger),
        new("MeterValues", Way.FromCharger),
        new("RemoteStartTransaction", Way.ToCharger),
        new("RemoteStopTransaction", Way.ToCharger),
        new("ReserveNow", Way.ToCharger),
        new("Reset", Way.ToCharger),
        new("SecurityEventNotification", Way.FromCharger),
        new("SendLocalList", Way.ToCharger),
        new("SetChargingProfile", Way.ToCharger),
        new("SignCertificate", Way.FromCharger),
        new("SignedFirmwareStatusNotification", Way.FromCharger),
        new("SignedUpdateFirmware", Way.ToCharger),
        new("StartTransaction", Way.FromCharger),
        new("StatusNotification", Way.FromCharger),
        new("StopTransaction", Way.FromCharger),
        new("TriggerMessage", Way.ToCharger),
        new("UnlockConnector", Way.ToCharger),
        new("UpdateFirmware", Way.ToCharger),
    ];
}
