using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Question = Moovolt.Domain.Tokens.Authorize;
using Transaction = Moovolt.Ocpp.V2.Types.Transaction;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, E01 to E15: a step of a transaction. Always answered: the energy flows whatever we think of it.
/// </summary>
[OcppAction("TransactionEvent", OcppVersion.V201, OcppVersion.V21, IsTransactionMessage = true)]
public sealed record TransactionEvent(
    [Since(OcppVersion.V21)] CostDetails? CostDetails = null,
    [Required, OneOf("Ended", "Started", "Updated")] string? EventType = null,
    [MinItems(1)] ImmutableArray<MeterValue>? MeterValue = null,
    [Required] DateTimeOffset? Timestamp = null,
    [Required]
    [AsItComes]
    [OneOf(
        "Authorized", "CablePluggedIn", "ChargingRateChanged", "ChargingStateChanged", "Deauthorized",
        "EnergyLimitReached", "EVCommunicationLost", "EVConnectTimeout", "MeterValueClock", "MeterValuePeriodic",
        "TimeLimitReached", "Trigger", "UnlockCommand", "StopAuthorized", "EVDeparted", "EVDetected", "RemoteStop",
        "RemoteStart", "AbnormalCondition", "SignedDataReceived", "ResetCommand")]
    [OneOf(
        "CostLimitReached", "LimitSet", "OperationModeChanged", "RunningCost", "SoCLimitReached", "TariffChanged",
        "TariffNotAccepted", "TxResumed", Since = OcppVersion.V21)]
    string? TriggerReason = null,
    [Required, AtLeast(0, Since = OcppVersion.V21)] int? SeqNo = null,
    bool? Offline = null,
    [AtLeast(0, Since = OcppVersion.V21), AtMost(3, Since = OcppVersion.V21)] int? NumberOfPhasesUsed = null,
    int? CableMaxCurrent = null,
    [AtLeast(0, Since = OcppVersion.V21)] int? ReservationId = null,
    [Since(OcppVersion.V21)]
    [OneOf("Unknown", "Ready", "NotReady", "Preconditioning")]
    string? PreconditioningStatus = null,
    [Since(OcppVersion.V21)] bool? EvseSleep = null,
    [Required] Transaction? TransactionInfo = null,
    Evse? Evse = null,
    IdTokenType? IdToken = null) : IChargerCall
{
    public sealed record Response(
        decimal? TotalCost = null,
        int? ChargingPriority = null,
        IdTokenInfo? IdTokenInfo = null,
        [Since(OcppVersion.V21)] TransactionLimit? TransactionLimit = null,
        MessageContent? UpdatedPersonalMessage = null,
        [Since(OcppVersion.V21)]
        [MinItems(1)]
        [MaxItems(4)]
        ImmutableArray<MessageContent>? UpdatedPersonalMessageExtra = null);

    // An id of blanks is a string as the schema wants it, and names no transaction.
    bool IChargerCall.KeepsPayload => string.IsNullOrWhiteSpace(TransactionInfo?.TransactionId);

    public Step Handle(Arrival arrival)
    {
        var id = Id(arrival);
        return IdToken is null || IdTokens.NeedsNobody(IdToken)
            ? Tell(arrival, id, null)
            : IdTokens.Judge(IdToken, arrival, token => Ask(arrival, id, token), verdict => Tell(arrival, id, verdict));
    }

    // Who charges takes a place; who only stops a transaction takes none.
    private TokenCommand Ask(Arrival arrival, TransactionId? id, TokenId token) =>
        id is null || Kind == StepKind.Ended || TriggerReason == "StopAuthorized"
            ? new Question(token, arrival.At)
            : new Admit(
                token, $"{id}", arrival.At,
                Places.Of(Evse) is { Evse: > 0, Connector: > 0 } place ? new Outlet(arrival.From, place) : null);

    private Step.Ask Tell(Arrival arrival, TransactionId? id, Verdict? verdict) => new(
        ToCommand(arrival, id, verdict),
        reply => reply switch
        {
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            StationReading => new Step.Respond(
                Answer(verdict, arrival.Version),
                new StationSamples(Places.Of(Evse) ?? ConnectorId.ChargePoint, Meters.Samples(MeterValue))),
            _ => new Step.Respond(Answer(verdict, arrival.Version)),
        });

    // Who is named hears what we think of it; who names nobody is told nothing (E01, E05).
    private Response Answer(Verdict? verdict, OcppVersion version) => new(
        IdTokenInfo: IdToken is null ? null : IdTokens.Info(verdict ?? Verdict.Accepted, version));

    private StepKind Kind => EventType switch
    {
        "Started" => StepKind.Began,
        "Ended" => StepKind.Ended,
        _ => StepKind.WentOn,
    };

    // A message without an id fits nowhere by itself: the charge point knows what is open.
    private Command ToCommand(Arrival arrival, TransactionId? id, Verdict? verdict)
    {
        var token = IdTokens.Name(IdToken);
        var samples = Meters.Samples(MeterValue);
        var place = Places.Of(Evse);
        if (id is not null)
        {
            return new ReportStep(
                id,
                new ToldStep(Kind, SeqNo, Timestamp, TriggerReason, TransactionInfo?.ChargingState, Offline ?? false),
                arrival.At,
                place,
                token,
                verdict,
                TransactionInfo?.StoppedReason,
                samples,
                arrival.Oddities,
                arrival.Frame,
                ReservationId,
                TransactionInfo?.RemoteStartId);
        }

        return Kind == StepKind.Ended
            ? new PlaceStop(
                arrival.From, token, null, TransactionInfo?.StoppedReason ?? "Local", Timestamp ?? arrival.At,
                arrival.At, samples, arrival.Oddities,
                arrival.Frame ?? "", // never: without an id the payload is kept
                null, verdict)
            : new PlaceSamples(
                arrival.From, place ?? ConnectorId.ChargePoint, null, samples, arrival.At, arrival.Oddities,
                arrival.Frame);
    }

    // Of an id that is too long its first part could be another's: its hash stands for it, and the payload keeps it.
    private TransactionId? Id(Arrival arrival) => TransactionInfo?.TransactionId switch
    {
        null => null,
        { } text when string.IsNullOrWhiteSpace(text) => null,
        { Length: > TransactionId.MaxLocalIdLength } text => new TransactionId(
            arrival.From,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..TransactionId.MaxLocalIdLength]),
        { } text => new TransactionId(arrival.From, text),
    };
}
