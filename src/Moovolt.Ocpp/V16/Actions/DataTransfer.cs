using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.3 and 5.6: whatever a vendor made up, either way. From chargers, no vendor's is known here.</summary>
[OcppAction("DataTransfer", OcppVersion.V16)]
public sealed record DataTransfer(
    [MaxLength(255)] string VendorId,
    [MaxLength(50)] string? MessageId,
    string? Data) : IChargerCall, ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId")] string Status,
        string? Data);

    public Step Handle(Arrival arrival) => new Step.Respond(new Response("UnknownVendorId", null));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
