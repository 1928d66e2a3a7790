using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, K22: the transaction goes first, or no more.</summary>
[OcppAction("UsePriorityCharging", OcppVersion.V21)]
public sealed record UsePriorityCharging([MaxLength(36)] string TransactionId, bool Activate) : ICsmsCall<UsePriority>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NoProfile")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(UsePriority request) =>
        Wording.Of(new UsePriorityCharging(request.Transaction, request.Activate));

    public StationAnswer ToAnswer(Heard heard) => heard.Status == "NoProfile"
        ? new(RequestState.Rejected, null, "NoProfile", "The charger has no profile of priority charging.")
        : HeldThings.Taken(
            heard,
            HeldThings.OfTransaction(HeldKind.PriorityCharging, TransactionId, new { Activated = Activate }));
}
