using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster.Moving;

namespace Moovolt.Api.Operations;

/// <summary>
/// POST /cluster/rebalance: members that hold many chargers give some up, as after a scale-up. Each charger moves once
/// at most, and none that charges.
/// </summary>
internal static class RebalanceCluster
{
    private const int UsualRate = 20;
    private const int UsualTolerance = 10;

    internal sealed record Body
    {
        /// <summary>Sockets closed per second and member, 1 to 10,000; 20 when it is not said.</summary>
        public int? Rate { get; init; }

        /// <summary>Per cent above the mean that are left alone, 0 to 100; 10 when it is not said.</summary>
        public int? Tolerance { get; init; }
    }

    internal sealed record Resource(ImmutableArray<MemberShare> Members);

    /// <param name="Member">Its address.</param>
    /// <param name="Sockets">How many it holds.</param>
    /// <param name="GivesUp">How many it will close, once, or fewer when too many of them charge.</param>
    internal sealed record MemberShare(string Member, int Sockets, int GivesUp);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cluster/rebalance", Handle)
            .WithName(nameof(RebalanceCluster))
            .WithSummary("Move chargers from members that hold many to those that hold few")
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status409Conflict,
                StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<Resource>, Problem>> Handle(Body body, Moves moves, HttpContext http)
    {
        var (rate, tolerance) = (body.Rate ?? UsualRate, body.Tolerance ?? UsualTolerance);
        if (rate is < 1 or > Moves.FastestRate) return Problem.Wrong($"'rate' is from 1 to {Moves.FastestRate}.");
        if (tolerance is < 0 or > 100) return Problem.Wrong("'tolerance' is from 0 to 100.");
        var moved = await moves.Rebalance(rate, tolerance, http.User.Operator(), http.RequestAborted);
        if (moved is not Moved.Shared { Of: var shares }) return MemberDrain.Refused(moved);
        return TypedResults.Accepted(
            (string?)null,
            new Resource([.. shares.Select(share => new MemberShare(share.Address, share.Sockets, share.Surplus))]));
    }
}
