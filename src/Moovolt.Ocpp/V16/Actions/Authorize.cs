using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Schemas;
using Question = Moovolt.Domain.Tokens.Authorize;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.1: may this idTag charge?</summary>
[OcppAction("Authorize", OcppVersion.V16)]
public sealed record Authorize([MaxLength(IdTags.MaxLength)] string IdTag) : IChargerCall
{
    public sealed record Response(IdTagInfo IdTagInfo);

    public Step Handle(Arrival arrival) => IdTags.Judge(
        IdTag,
        arrival,
        token => new Question(token, arrival.At),
        verdict => verdict.Status == AuthorizationStatus.Accepted
            ? new Step.Respond(new Response(IdTagInfo.Of(verdict)))
            : new Step.Respond(
                new Response(IdTagInfo.Of(verdict)),
                Missed: true,
                Note: new NoteTokenRefused(arrival.From, IdTag, verdict.Status, arrival.At)));
}
