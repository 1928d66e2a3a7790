using System.Text.Json;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Commands;

namespace Moovolt.Api.Commands;

/// <summary>What was asked of a charger, and how far it has come.</summary>
/// <param name="Action">OCPP's action, or the verb.</param>
/// <param name="State">
/// queued → sent → accepted, rejected, failed or timedOut; expired or cancelled when it never left. timedOut: nobody
/// knows whether the charger did it; a late answer moves it on. accepted is a promise: where its effect can be seen it
/// goes on to effective, or to noEffect with the reason in words.
/// </param>
/// <param name="Request">The body that it was asked with.</param>
/// <param name="Response">The charger's payload as it came.</param>
/// <param name="Error">The charger's CALLERROR, or our reason.</param>
/// <param name="RequestedBy">The name of the operator's key.</param>
/// <param name="Late">True when the charger answered after we had given up.</param>
internal sealed record CommandResource(
    string Id,
    string ChargePoint,
    string Action,
    RequestState State,
    JsonElement Request,
    JsonElement? Response,
    CommandResource.Failure? Error,
    string RequestedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? FinishedAt,
    bool Late)
{
    internal sealed record Failure(string Code, string? Description);

    public static CommandResource Of(string chargePoint, TrackedRequest request) => new(
        request.RequestId,
        chargePoint,
        request.Request.Verb,
        request.State,
        Json.Parse(Wishes.Write(request.Request)) ?? default,
        Json.Parse(request.Answer?.Response),
        request.Answer?.ErrorCode is { } code ? new Failure(code, request.Answer.ErrorDescription) : null,
        request.RequestedBy,
        request.At,
        request.SentAt,
        request.FinishedAt,
        request.Late);

    public static CommandResource Of(CommandRow row) => new(
        row.Id,
        row.ChargePoint,
        row.Action,
        row.State,
        Json.Parse(row.Request) ?? default,
        Json.Parse(row.Response),
        row.ErrorCode is { } code ? new Failure(code, row.ErrorDescription) : null,
        row.RequestedBy,
        row.CreatedAt,
        row.SentAt,
        row.FinishedAt,
        row.Late);
}
