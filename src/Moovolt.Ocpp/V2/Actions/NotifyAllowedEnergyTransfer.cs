using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, Q06: which ways of energy transfer are allowed in a transaction.</summary>
[OcppAction("NotifyAllowedEnergyTransfer", OcppVersion.V21)]
public sealed record NotifyAllowedEnergyTransfer(
    [MaxLength(36)] string TransactionId,
    [OneOf(
        "AC_single_phase", "AC_two_phase", "AC_three_phase", "DC", "AC_BPT", "AC_BPT_DER", "AC_DER", "DC_BPT",
        "DC_ACDP", "DC_ACDP_BPT", "WPT")]
    [MinItems(1)]
    ImmutableArray<string> AllowedEnergyTransfer) : ICsmsCall<AllowEnergyTransfer>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(AllowEnergyTransfer request) =>
        Wording.Of(new NotifyAllowedEnergyTransfer(request.Transaction, request.Ways));

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Taken(
        heard,
        HeldThings.OfTransaction(HeldKind.EnergyTransfer, TransactionId, new { Ways = AllowedEnergyTransfer }));
}
