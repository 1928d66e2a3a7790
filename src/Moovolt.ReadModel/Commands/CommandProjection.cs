using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Commands;

/// <summary>
/// From what happened to a wish to its row, and to what the clock must look after until it is finished.
/// </summary>
internal static class CommandProjection
{
    public static readonly string[] Tables = ["commands"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version)
    {
        var entity = $"charge-point/{@event.Id}";
        switch (@event)
        {
            case StationRequested e:
                var queued = e.Epoch == 0;
                // An id that was used twice must not stop the projector: the first wish is the one that it names.
                yield return new Statement(
                    """
                    insert into commands (id, charge_point, version, action, state, request, requested_by,
                      patience_seconds,
                      created_at, queue_until, sent_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                    on conflict (id) do nothing
                    """,
                    e.RequestId,
                    e.Id.Value,
                    version,
                    e.Request.Verb,
                    (queued ? RequestState.Queued : RequestState.Sent).ToString(),
                    StoredJson.Write(e.Request),
                    e.RequestedBy,
                    e.Patience,
                    e.At,
                    e.QueueUntil,
                    queued ? null : e.At);
                if (!queued)
                    yield return Due(entity, Answer(e.RequestId), TrackedRequest.AnswerDueAt(e.At, e.Patience));
                else if (e.QueueUntil is { } until)
                    yield return Due(entity, Expiry(e.RequestId), until);
                break;

            case StationRequestSent e:
                yield return new Statement(
                    "update commands set state = 'Sent', sent_at = $3, version = $4 where id = $1 and charge_point = "
                        + "$2",
                    e.RequestId, e.Id.Value, e.At, version);
                yield return Done(entity, Expiry(e.RequestId));
                yield return new Statement(
                    """
                    insert into due (entity, reason, at)
                    select $1, $2, $3 + patience_seconds * 1000000 from commands where id = $4
                    on conflict (entity, reason) do update set at = excluded.at
                    """,
                    entity, Answer(e.RequestId), TrackedRequest.AnswerDueAt(e.At, patience: 0), e.RequestId);
                break;

            case StationAnswered e:
                yield return Finish(e, version, e.RequestId, e.Answer, e.Late);
                yield return Done(entity, Answer(e.RequestId));
                if (e.EffectUntil is { } look) yield return Due(entity, Effect(e.RequestId), look);
                break;

            case StationRequestSettled e:
                yield return new Statement(
                    "update commands set state = $3, finished_at = $4, version = $5 where id = $1 and charge_point = "
                        + "$2",
                    e.RequestId, e.Id.Value, e.State.ToString(), e.At, version);
                if (e.State == RequestState.NoEffect)
                {
                    yield return new Statement(
                        "update commands set error_code = 'noEffect', error_description = $3 where id = $1 and "
                            + "charge_point = $2",
                        e.RequestId, e.Id.Value, e.Why);
                }

                yield return Done(entity, Effect(e.RequestId));
                break;

            case StationRequestDropped e:
                var nothing = new StationAnswer(e.State, null, Word.Of(e.State), e.Why);
                yield return Finish(e, version, e.RequestId, nothing, late: false);
                yield return Done(entity, Expiry(e.RequestId));
                break;
        }
    }

    private static string Answer(string requestId) => $"command-answer {requestId}";

    private static string Effect(string requestId) => $"command-effect {requestId}";

    private static string Expiry(string requestId) => $"command-expiry {requestId}";

    private static Statement Finish(
        ChargePointEvent e, long version, string requestId, StationAnswer answer, bool late) =>
        new(
            """
            update commands set state = $3, response = $4, error_code = $5, error_description = $6, late = $7,
              finished_at = $8, version = $9
            where id = $1 and charge_point = $2
            """,
            requestId,
            e.Id.Value,
            answer.State.ToString(),
            answer.Response,
            answer.ErrorCode,
            answer.ErrorDescription,
            late,
            e.At,
            version);

    private static Statement Due(string entity, string reason, DateTimeOffset at) => new(
        """
        insert into due (entity, reason, at) values ($1, $2, $3)
        on conflict (entity, reason) do update set at = excluded.at
        """,
        entity, reason, at);

    private static Statement Done(string entity, string reason) =>
        new("delete from due where entity = $1 and reason = $2", entity, reason);
}
