using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, S04: batteries shall be swapped for a token; the swap itself is told by BatterySwap.</summary>
[OcppAction("RequestBatterySwap", OcppVersion.V21)]
public sealed record RequestBatterySwap(int RequestId, IdTokenType IdToken) : ICsmsCall<SwapBattery>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(SwapBattery request) =>
        Wording.Of(new RequestBatterySwap(request.Swap, IdTokens.Central(request.Token)));

    public StationAnswer ToAnswer(Heard heard) => heard.Status == "Accepted"
        ? new(RequestState.Accepted, Outcome: new SwapAgreed(RequestId, IdToken.IdToken ?? ""))
        : heard.Judge();
}
