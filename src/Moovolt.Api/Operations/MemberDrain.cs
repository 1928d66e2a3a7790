using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster.Moving;

namespace Moovolt.Api.Operations;

/// <summary>
/// /cluster/members/{member}/drain: a member shall hold no chargers. PUT asks for it (again: with another rate), GET
/// looks how far it is, DELETE takes it back.
/// </summary>
internal static class MemberDrain
{
    private const int UsualRate = 200;

    internal sealed record Body
    {
        /// <summary>Sockets closed per second, 1 to 10,000; 200 when it is not said.</summary>
        public int? Rate { get; init; }

        /// <summary>The member leaves the cluster, and its program ends, when it holds no socket.</summary>
        public bool Leave { get; init; }
    }

    /// <param name="Member">Its address.</param>
    /// <param name="Rate">Sockets closed per second.</param>
    /// <param name="Leave">Whether it leaves when it holds none.</param>
    /// <param name="RequestedBy">Whose key asked, or who at a command line.</param>
    /// <param name="RequestedAt">By the database's clock.</param>
    /// <param name="Sockets">How many it holds still, by its own count, at most a few seconds old.</param>
    /// <param name="Charging">Those of them whose charger has a running transaction: they are the last.</param>
    /// <param name="SecondsLeft">An estimate; 0 when there is nothing left to do.</param>
    internal sealed record Resource(
        string Member, int Rate, bool Leave, string RequestedBy, DateTimeOffset RequestedAt,
        int Sockets, int Charging, int SecondsLeft);

    public static void Map(IEndpointRouteBuilder api)
    {
        const string route = "/cluster/members/{member}/drain";
        api.MapPut(route, Ask)
            .WithName("DrainMember")
            .WithSummary("Move a member's chargers to the others; it stays a member, and drained when started anew")
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status422UnprocessableEntity);
        api.MapGet(route, Look)
            .WithName("GetMemberDrain")
            .WithSummary("How far the drain of a member is")
            .Refuses(StatusCodes.Status404NotFound);
        api.MapDelete(route, TakeBack)
            .WithName("UndrainMember")
            .WithSummary("Let a drained member take chargers again, unless it has left")
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Resource>, Problem>> Ask(
        string member, Body body, Moves moves, HttpContext http)
    {
        var rate = body.Rate ?? UsualRate;
        if (rate is < 1 or > Moves.FastestRate) return Problem.Wrong($"'rate' is from 1 to {Moves.FastestRate}.");
        var asked = await moves.Drain(
            Segment.Text(member), rate, body.Leave, http.User.Operator(), http.RequestAborted);
        return asked is Moved.Asked { Of: { Drain: { } drain } holding }
            ? TypedResults.Ok(ResourceOf(holding, drain))
            : Refused(asked);
    }

    private static async Task<Results<Ok<Resource>, Problem>> Look(
        string member, Moves moves, CancellationToken cancellation)
    {
        var name = Segment.Text(member);
        return Moves.Find(name, await moves.Look(cancellation)) is { Drain: { } drain } holding
            ? TypedResults.Ok(ResourceOf(holding, drain))
            : Problem.NotFound($"No member that lives and is drained is '{name}'.");
    }

    private static async Task<Results<NoContent, Problem>> TakeBack(
        string member, Moves moves, CancellationToken cancellation)
    {
        var asked = await moves.Undrain(Segment.Text(member), cancellation);
        return asked is Moved.Asked ? TypedResults.NoContent() : Refused(asked);
    }

    /// <summary>Why chargers cannot be moved.</summary>
    internal static Problem Refused(Moved moved) => moved switch
    {
        Moved.Refused { Code: "unknown-member" } refused => Problem.NotFound(refused.Reason),
        Moved.Refused refused => Problem.Conflict(refused.Code, refused.Reason),
        _ => throw new InvalidOperationException($"{moved.GetType().Name} is no refusal."),
    };

    private static Resource ResourceOf(Holding holding, Drain drain) => new(
        holding.Address, drain.Rate, drain.Leave, drain.AskedBy, drain.AskedAt, holding.Sockets, holding.Charging,
        (int)Math.Ceiling((double)holding.Sockets / drain.Rate));
}
