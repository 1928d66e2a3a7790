using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Deviations;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/compliance: what a charger did not keep to, how often, and what is done about it.
/// </summary>
internal static class GetCompliance
{
    /// <summary>
    /// How well a charger keeps to its specification, since it was first seen or since it was forgotten.
    /// </summary>
    /// <param name="Compliant">True while nothing speaks against it.</param>
    /// <param name="Strict">What it says is held to the letter; it has no quirk profile then.</param>
    /// <param name="QuirkProfile">The profile that it is heard with; null for none.</param>
    /// <param name="Suggested">Tolerances that would have helped, and that it does not have.</param>
    internal sealed record Report(
        bool Compliant,
        bool Strict,
        Profile? QuirkProfile,
        ImmutableArray<Suggestion> Suggested,
        ImmutableArray<Line> Deviations);

    /// <summary>What is known of a make of charger.</summary>
    /// <param name="Version">Of the file of profiles.</param>
    /// <param name="Chosen">True when an operator chose it; false when it fits what the charger said at boot.</param>
    internal sealed record Profile(
        string Name, int Version, bool Chosen, ImmutableArray<string> Tolerances, string Source);

    /// <summary>A tolerance that the charger would do better with.</summary>
    /// <param name="Because">What it did, in words.</param>
    /// <param name="Count">How often.</param>
    internal sealed record Suggestion(string Tolerance, string Because, long Count);

    /// <summary>A rule that was not kept to.</summary>
    /// <param name="Count">In how many messages, handshakes or connections.</param>
    /// <param name="Example">The latest one, without its secrets.</param>
    /// <param name="Tolerance">The tolerance that is made for it; null for none.</param>
    internal sealed record Line(
        string Rule,
        string Words,
        string? Specification,
        long Count,
        DateTimeOffset FirstAt,
        DateTimeOffset LastAt,
        string Example,
        string? Tolerance);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/compliance", Handle)
            .WithName(nameof(GetCompliance))
            .WithSummary("What a charger did not keep to, how often, and what is done about it")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Report>, Problem>> Handle(
        string id, QuirkProfiles quirks, ChargePointTable table,
        DeviationTable deviations, CancellationToken cancellation)
    {
        var row = ChargePointId.TryParse(id, out var known) ? await table.FindAsync(known, cancellation) : null;
        if (row is null || known is null) return Problem.NotFound($"There is no charge point {id}.");

        var counted = await deviations.ListAsync(known, cancellation);
        var profile = row.Strict ? null : quirks.Choose(row.QuirkProfile, row.Vendor, row.Model, row.FirmwareVersion);
        return TypedResults.Ok(new Report(
            counted.Count == 0,
            row.Strict,
            profile is null ? null : new Profile(
                profile.Name, quirks.Version, row.QuirkProfile is not null, [.. ToleranceNames.Of(profile.Tolerances)],
                profile.Source),
            [.. Suggest(counted, profile?.Tolerances ?? Tolerances.None)],
            [.. counted.Select(LineOf)]));
    }

    private static IEnumerable<Suggestion> Suggest(IEnumerable<DeviationRow> counted, Tolerances has) =>
        from row in counted
        let rule = RuleBook.Find(row.Rule)
        where rule is not null && rule.Tolerance != Tolerances.None && !has.HasFlag(rule.Tolerance)
        group (row, rule) by rule.Tolerance into needed
        orderby needed.Sum(one => one.row.Count) descending
        select new Suggestion(
            ToleranceNames.Of(needed.Key)[0],
            string.Join(' ', needed.Select(one => one.rule.Words)),
            needed.Sum(one => one.row.Count));

    private static Line LineOf(DeviationRow row)
    {
        var rule = RuleBook.Find(row.Rule);
        return new Line(
            row.Rule,
            rule?.Words ?? "A rule of another version of this program.",
            rule?.Specification,
            row.Count,
            row.FirstAt,
            row.LastAt,
            row.Example,
            rule is null or { Tolerance: Tolerances.None } ? null : ToleranceNames.Of(rule.Tolerance)[0]);
    }
}
