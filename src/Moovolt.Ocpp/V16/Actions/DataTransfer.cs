using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.3 and 5.6: whatever a vendor made up. Operators say which vendors are known.</summary>
[OcppAction("DataTransfer", OcppVersion.V16)]
public sealed record DataTransfer(
    [MaxLength(255)] string VendorId,
    [MaxLength(50)] string? MessageId,
    string? Data) : IChargerCall, ICsmsCall<TransferData>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId")] string Status,
        string? Data);

    public static Wording ToCall(TransferData request) =>
        Wording.Of(new DataTransfer(request.VendorId, request.MessageId, request.Data));

    public Step Handle(Arrival arrival)
    {
        var verdict = arrival.Vendors.Judge(VendorId, MessageId);
        var data = DataTransfers.Cut(Data);
        return new Step.Ask(
            new ReportDataTransfer(
                arrival.From,
                VendorId,
                MessageId,
                data,
                data?.Length != Data?.Length,
                verdict.Status,
                verdict.Data,
                arrival.At),
            reply => reply is Reply.Refused refused
                ? new Step.StaySilent(refused.Reason)
                : new Step.Respond(new Response($"{verdict.Status}", verdict.Data)));
    }

    public StationAnswer ToAnswer(Heard heard)
    {
        if (!Enum.TryParse<TransferStatus>(heard.Status, out var status))
        {
            return new(
                RequestState.Rejected, null, "Rejected", "The charger does not say whether it took the message.");
        }

        var (sent, answer) = (DataTransfers.Cut(Data), ((Response)heard.Response).Data);
        var kept = DataTransfers.Cut(answer);
        var transferred = new DataTransferred(
            VendorId, MessageId, sent, status, kept, sent?.Length != Data?.Length || kept?.Length != answer?.Length);
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
}
