using System.Text.Json;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, P01 and P02: whatever a vendor made up, in any JSON. Operators say which vendors are known.
/// </summary>
[OcppAction("DataTransfer", OcppVersion.V201, OcppVersion.V21)]
public sealed record DataTransfer(
    [MaxLength(255)] string VendorId,
    [MaxLength(50)] string? MessageId = null,
    JsonElement? Data = null) : IChargerCall, ICsmsCall<TransferData>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId")] string Status,
        StatusInfo? StatusInfo = null,
        JsonElement? Data = null);

    public static Wording ToCall(TransferData request) => Wording.Of(new DataTransfer(
        request.VendorId,
        request.MessageId,
        request.Data is null ? null : JsonSerializer.SerializeToElement(request.Data)));

    public Step Handle(Arrival arrival)
    {
        var verdict = arrival.Vendors.Judge(VendorId, MessageId);
        var (whole, kept) = (Text(Data), DataTransfers.Cut(Text(Data)));
        return new Step.Ask(
            new ReportDataTransfer(
                arrival.From, VendorId, MessageId, kept, kept?.Length != whole?.Length, verdict.Status, verdict.Data,
                arrival.At),
            reply => reply is Reply.Refused refused
                ? new Step.StaySilent(refused.Reason)
                : new Step.Respond(new Response(
                    $"{verdict.Status}",
                    Data: verdict.Data is null ? null : JsonSerializer.SerializeToElement(verdict.Data))));
    }

    public StationAnswer ToAnswer(Heard heard)
    {
        if (!Enum.TryParse<TransferStatus>(heard.Status, out var status))
        {
            return new(
                RequestState.Rejected, null, "Rejected", "The charger does not say whether it took the message.");
        }

        var (sent, answer) = (Text(Data), Text(((Response)heard.Response).Data));
        var (keptSent, kept) = (DataTransfers.Cut(sent), DataTransfers.Cut(answer));
        var transferred = new DataTransferred(
            VendorId, MessageId, keptSent, status, kept,
            keptSent?.Length != sent?.Length || kept?.Length != answer?.Length);
        return status == TransferStatus.Accepted
            ? new(RequestState.Accepted, Outcome: transferred)
            : new(RequestState.Rejected, null, $"{status}", Why(status), transferred);
    }

    private string Why(TransferStatus status) => status switch
    {
        TransferStatus.UnknownVendorId => $"The charger knows no vendor {VendorId}.",
        TransferStatus.UnknownMessageId => MessageId is null
            ? $"The charger knows no message without an id of {VendorId}."
            : $"The charger knows no message {MessageId} of {VendorId}.",
        _ => "The charger took the message, and refuses what it asks.",
    };

    // A string is kept as what it says, anything else as its JSON.
    private static string? Text(JsonElement? data) => data switch
    {
        null or { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } json => json.GetRawText(),
    };
}
