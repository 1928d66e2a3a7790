using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N09 and N10: tell, or forget, what you know of a customer.</summary>
[OcppAction("CustomerInformation", OcppVersion.V201, OcppVersion.V21)]
public sealed record CustomerInformation(
    [AtLeast(0, Since = OcppVersion.V21)] int RequestId,
    bool Report,
    bool Clear,
    CertificateHashData? CustomerCertificate = null,
    IdTokenType? IdToken = null,
    [MaxLength(64)] string? CustomerIdentifier = null) : ICsmsCall<ReadCustomer>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "Invalid")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(ReadCustomer request) => Wording.Of(new CustomerInformation(
        request.Number,
        request.Report,
        request.Clear,
        IdToken: request.Token is { } token ? IdTokens.Card(token) : null,
        CustomerIdentifier: request.Customer));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" when Report => new(RequestState.Accepted, Outcome: new HeldComing(RequestId, IsWhole: true)),
        "Accepted" => new(RequestState.Accepted, Outcome: new NoLongerHeld(HeldKind.CustomerInformation, [])),
        "Invalid" => new(RequestState.Rejected, null, "Invalid", "The charger knows nobody by that."),
        _ => heard.Judge(),
    };
}
