using System.Globalization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.8: a transaction has begun, and wants a number from us, whoever began it.</summary>
[OcppAction("StartTransaction", OcppVersion.V16, IsTransactionMessage = true)]
public sealed record StartTransaction(
    [Required, SenselessBelow(0)] int? ConnectorId,
    [Required, MaxLength(IdTags.MaxLength)] string? IdTag,
    [Required, SenselessBelow(0)] long? MeterStart,
    int? ReservationId,
    [Required] DateTimeOffset? Timestamp) : IChargerCall
{
    public sealed record Response(IdTagInfo IdTagInfo, int TransactionId);

    public Step Handle(Arrival arrival)
    {
        var key = Key(arrival);
        var outlet = ConnectorId is { } n and > 0 ? new Outlet(arrival.From, Domain.ConnectorId.Of16(n)) : null;
        return IdTags.Judge(
            IdTag, arrival, token =>
                new Admit(token, key, arrival.At, outlet), verdict => Number(arrival, key, verdict));
    }

    private Step.Ask Number(Arrival arrival, string key, Verdict verdict) => new(
        new NumberTransaction(
            arrival.From,
            key,
            Domain.ConnectorId.Of16(ConnectorId ?? 0),
            IdTag ?? "",
            verdict,
            MeterStart is { } meter ? new Energy(arrival.Manner.WattHours(meter)) : null,
            Timestamp ?? arrival.At,
            arrival.At,
            arrival.Oddities,
            ReservationId,
            arrival.Frame),
        reply => reply switch
        {
            Began began => new Step.Respond(new Response(
                IdTagInfo.Of(began.Verdict), int.Parse(began.Id.LocalId, CultureInfo.InvariantCulture))),
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            _ => new Step.StaySilent($"A start is not answered with {reply.GetType().Name}."),
        });

    // What makes two starts the same. Where a part of that is missing, it is the whole payload that is repeated.
    private string Key(Arrival arrival) =>
        this is { ConnectorId: { } n, IdTag: { } tag, MeterStart: { } wh, Timestamp: { } at }
        ? string.Create(CultureInfo.InvariantCulture, $"{n}|{tag.ToUpperInvariant()}|{at.UtcTicks}|{wh}")
        : string.Create(CultureInfo.InvariantCulture, $"payload|{Fingerprint.Of(arrival.Frame ?? "")}");
}
