using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Commands;

/// <summary>
/// A wish in the words that an operator asks with (the body of a command), so that what is shown of it is the same
/// wherever it is read: in the answer to the request, or in a table long after.
/// </summary>
public static class Wishes
{
    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// JSON: the payload of a raw call as it was given (but for passwords in addresses), else the members of the
    /// command's body.
    /// </summary>
    public static string Write(StationRequest wish) => wish switch
    {
        RawCall raw => RawPayload.WithoutUser(raw.Payload),
        StartCharging start => Print([("token", start.Token), .. Place(start.Connector), .. Profile(start.Profile)]),
        StopCharging stop => Print([("transaction", stop.Transaction.ToString())]),
        Restart restart => Print([("kind", restart.Hard ? "hard" : "soft")]),
        Unlock unlock => Print(Place(unlock.Connector)),
        ChangeAvailability change => Print([("operative", change.Operative), .. Place(change.Connector)]),
        ReadConfiguration { Keys.IsEmpty: true } => Print([]),
        ReadConfiguration read => Print([("keys", List(read.Keys)), .. Later(read.Rest)]),
        WriteConfiguration { More.IsEmpty: true } write => Print(
            [("key", write.Key), ("value", write.Value), .. Later(write.Rest.Select(setting => setting.Key))]),
        WriteConfiguration write => Print(
        [
            ("settings", new JsonArray([.. write.All().Select(setting => new JsonObject
            {
                ["key"] = setting.Key, ["value"] = setting.Value,
            })])),
            .. Later(write.Rest.Select(setting => setting.Key)),
        ]),
        ClearCache => Print([]),
        RotatePassword => Print([]), // the password is nobody's to see
        TransferData transfer => Print(
        [
            ("vendorId", transfer.VendorId),
            .. Given("messageId", transfer.MessageId),
            .. Given("data", transfer.Data),
        ]),
        ReadLocalListVersion => Print([]),
        ReadTransactionStatus read => Print([("transaction", read.LocalId)]),
        SendLocalList send => Print(
        [
            ("mode", Word.Of(send.Update)),
            ("version", send.Version),
            ("tokens", new JsonArray([.. send.Entries.Select(entry => JsonValue.Create(entry.Token))])),
            .. Given("follows", send.Follows is { } follows and not ListFollowing.Nothing ? Word.Of(follows) : null),
        ]),
        Reserve reserve => Print(
        [
            ("token", reserve.Token),
            .. Place(reserve.Connector),
            ("expiresAt", reserve.ExpiresAt.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)),
            .. Given("parent", reserve.Parent),
            ("reservationId", reserve.ReservationId),
        ]),
        SwapBattery swap => Print([("token", swap.Token), ("swap", swap.Swap)]),
        CancelReservation cancel => Print([("reservationId", cancel.ReservationId)]),
        SetChargingProfile set => Print([.. PlaceIfAny(set.Connector), .. Profile(set.Profile)]),
        ClearChargingProfile clear => Print(
        [
            .. Given("id", clear.ProfileId),
            .. clear.Connector == ConnectorId.ChargePoint ? [("evse", 0)] : Place(clear.Connector),
            .. Given("purpose", clear.Purpose is { } purpose ? ProfileWords.Word(purpose) : null),
            .. Given("stackLevel", clear.StackLevel),
        ]),
        ReadCompositeSchedule read => Print(
        [
            .. PlaceIfAny(read.Connector),
            ("durationSeconds", read.DurationSeconds),
            .. Given("unit", read.Unit is { } unit ? ProfileWords.Word(unit) : null),
        ]),
        UpdateFirmware update => Print(
        [
            At(update.Location), ("retrieveAt", Moment(update.RetrieveAt)),
            .. Tries(update.Retries, update.RetryIntervalSeconds),
        ]),
        UpdateSignedFirmware update => Print(
        [
            At(update.Location), ("retrieveAt", Moment(update.RetrieveAt)), .. Optional("installAt", update.InstallAt),
            ("requestId", update.Number), ("signed", true), .. Tries(update.Retries, update.RetryIntervalSeconds),
        ]),
        UploadDiagnostics upload => Print(
        [
            At(upload.Location), .. Optional("from", upload.From), .. Optional("to", upload.To),
            .. Tries(upload.Retries, upload.RetryIntervalSeconds),
        ]),
        UploadLog upload => Print(
        [
            ("kind", upload.Security ? "security" : "diagnostics"), ("requestId", upload.Number), At(upload.Location),
            .. Optional("from", upload.From),
            .. Optional("to", upload.To), .. Tries(upload.Retries, upload.RetryIntervalSeconds),
        ]),
        Trigger trigger => Print([("what", Kebab(trigger.What)), .. Place(trigger.Connector)]),
        SendCertificate send => Print([("csrHash", send.CsrHash), ("certificateChain", send.Chain)]),
        InstallCertificate install => Print([("use", Use(install.Use)), ("certificate", install.Certificate)]),
        DeleteCertificate delete => Print(
        [
            ("hashAlgorithm", delete.Name.HashAlgorithm), ("issuerNameHash", delete.Name.IssuerNameHash),
            ("issuerKeyHash", delete.Name.IssuerKeyHash), ("serialNumber", delete.Name.SerialNumber),
        ]),
        ListCertificates list => Print([("use", Use(list.Use))]),
        ReadHeld or ReleaseHeld or SetMonitors or SetMonitoring or ReadCustomer or ShowMessage or SetTariff or SetDerControl
            or ShowCost or UsePriority or AllowEnergyTransfer or SignalGrid or UpdateSchedule => HeldWishes.Write(wish),
        PublishFirmware publish => Print(
        [
            At(publish.Location), ("checksum", publish.Checksum), ("requestId", publish.Number),
            .. Tries(publish.Retries, publish.RetryIntervalSeconds),
        ]),
        UnpublishFirmware unpublish => Print([("checksum", unpublish.Checksum)]),
        _ => throw new InvalidOperationException($"No words for {wish.GetType().Name}"),
    };

    internal static JsonArray List(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);

    // What a command by Moovolt itself will ask for next, because the charger takes no more at once.
    private static IEnumerable<(string, JsonNode?)> Later(IEnumerable<string> keys) =>
        keys.Any() ? [("later", List(keys))] : [];

    internal static IEnumerable<(string, JsonNode?)> Place(ConnectorId? place) =>
        place is { } at ? [("evse", at.Evse), ("connector", at.Connector)] : [];

    // The whole charge point is said by naming no place.
    internal static IEnumerable<(string, JsonNode?)> PlaceIfAny(ConnectorId place) =>
        place == ConnectorId.ChargePoint ? [] : Place(place);

    private static IEnumerable<(string, JsonNode?)> Profile(ChargingProfile? profile) =>
        Given("profile", profile is null ? null : ProfileWords.Of(profile));

    internal static IEnumerable<(string, JsonNode?)> Given(string name, JsonNode? value) =>
        value is null ? [] : [(name, value)];

    private static (string, JsonNode?) At(string location) => ("location", FileAddress.WithoutUser(location));

    private static IEnumerable<(string, JsonNode?)> Tries(int? retries, int? interval)
    {
        if (retries is { } tries) yield return ("retries", tries);
        if (interval is { } seconds) yield return ("retryIntervalSeconds", seconds);
    }

    internal static IEnumerable<(string, JsonNode?)> Optional(string name, DateTimeOffset? at) =>
        at is { } moment ? [(name, Moment(moment))] : [];

    private static JsonNode Moment(DateTimeOffset at) => JsonSerializer.SerializeToNode(at.UtcDateTime)!; // a value

    private static string Use(CertificateUse use) => use == CertificateUse.CsmsRoot ? "csms-root" : "manufacturer-root";

    private static string Kebab(TriggeredMessage what) => JsonNamingPolicy.KebabCaseLower.ConvertName(what.ToString());

    internal static string Print(IEnumerable<(string Name, JsonNode? Value)> members) =>
        new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, member.Value)))
            .ToJsonString(Relaxed);
}
