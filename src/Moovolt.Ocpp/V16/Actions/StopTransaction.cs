using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;
using Question = Moovolt.Domain.Tokens.Authorize;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 4.10: a transaction is over. There is no way to refuse it: the energy has been delivered. A number below
/// 1 is what a charger says that never got ours (errata 3.18).
/// </summary>
[OcppAction("StopTransaction", OcppVersion.V16, IsTransactionMessage = true)]
public sealed record StopTransaction(
    [MaxLength(IdTags.MaxLength)] string? IdTag,
    [Required, SenselessBelow(0)] long? MeterStop,
    [Required] DateTimeOffset? Timestamp,
    [Required, SenselessBelow(1)] long? TransactionId,
    [OneOf(
        "EmergencyStop", "EVDisconnected", "HardReset", "Local", "Other", "PowerLoss", "Reboot", "Remote", "SoftReset",
        "UnlockCommand", "DeAuthorized")] string? Reason,
    ImmutableArray<MeterValue>? TransactionData) : IChargerCall
{
    private const string UsualReason = "Local"; // what a charger means that gives none (4.10)

    public sealed record Response(IdTagInfo? IdTagInfo);

    // Who stops it is judged, and hears of it; the stop is a fact whatever the verdict.
    public Step Handle(Arrival arrival) => Stopper is null
        ? End(arrival, null)
        : IdTags.Judge(Stopper, arrival, token => new Question(token, arrival.At), verdict => End(arrival, verdict));

    private Step.Ask End(Arrival arrival, Verdict? stopper) => new(
        ToCommand(arrival, stopper),
        reply => reply is Reply.Refused refused
            ? new Step.StaySilent(refused.Reason)
            : new Step.Respond(new Response(stopper is null ? null : IdTagInfo.Of(stopper))));

    // Nobody is named by a tag of blanks.
    private string? Stopper => string.IsNullOrWhiteSpace(IdTag) ? null : IdTag;

    private Command ToCommand(Arrival arrival, Verdict? stopper)
    {
        var meter = MeterStop is { } said ? new Energy(arrival.Manner.WattHours(said)) : (Energy?)null;
        var (reason, at) = (Reason ?? UsualReason, Timestamp ?? arrival.At);
        var samples = V16.MeterValue.ToSamples(TransactionData, arrival.Manner);
        return TransactionId is { } number
            ? new EndTransaction(
                new TransactionId(arrival.From, $"{number}"), Stopper, meter, reason, at, arrival.At, samples,
                arrival.Oddities, arrival.Frame, Placed: false, stopper)
            : new PlaceStop(
                arrival.From, Stopper, meter, reason, at, arrival.At, samples, arrival.Oddities,
                arrival.Frame ?? "", // never: without a number there is an oddity, and so the frame
                Claimed: null,
                stopper);
    }
}
