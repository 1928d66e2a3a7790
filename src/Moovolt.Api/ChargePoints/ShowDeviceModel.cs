using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.DeviceModels;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/device-model: the components and variables of a charger of OCPP 2.x, as complete reports told
/// them; the charger is not asked. And …/device-model/reports: the reports themselves.
/// </summary>
internal static class ShowDeviceModel
{
    /// <param name="Key">As get-configuration and set-configuration take it, such as OCPPCommCtrlr.HeartbeatInterval.</param>
    /// <param name="Evse">Null for the charger itself.</param>
    /// <param name="Connector">Null for the EVSE.</param>
    /// <param name="DataType">OCPP's word.</param>
    /// <param name="Values">What it may be, comma-separated.</param>
    /// <param name="Monitored">Whether monitors can be set on it.</param>
    /// <param name="ToldAt">When the charger told.</param>
    internal sealed record Variable(
        string Key,
        string Component,
        string? ComponentInstance,
        int? Evse,
        int? Connector,
        string Name,
        string? Instance,
        ImmutableArray<Attribute> Attributes,
        string? DataType,
        string? Unit,
        decimal? Min,
        decimal? Max,
        string? Values,
        bool Monitored,
        DateTimeOffset ToldAt);

    /// <param name="Kind">Actual, Target, MinSet or MaxSet.</param>
    /// <param name="Value">Null when the charger gave none, and always for a secret.</param>
    /// <param name="Mutability">ReadOnly, WriteOnly or ReadWrite.</param>
    internal sealed record Attribute(string Kind, string? Value, string Mutability, bool Persistent, bool Constant);

    /// <param name="Number">Which the charger names in its answer.</param>
    /// <param name="Parts">How many parts have come.</param>
    /// <param name="Complete">Its last part, and every one before, is stored; before that it changes nothing that is shown.</param>
    /// <param name="Whole">It told everything that there is.</param>
    /// <param name="Tries">How often Moovolt had asked anew, because those before it broke off.</param>
    /// <param name="Reason">Why it broke off, in words; null when it is complete, or still coming.</param>
    /// <param name="AskedAs">The number of the report that Moovolt asked for in its place; null: none.</param>
    internal sealed record Report(
        long Number,
        long Parts,
        bool Complete,
        bool Whole,
        DateTimeOffset? GeneratedAt,
        DateTimeOffset BegunAt,
        DateTimeOffset At,
        long Tries,
        string? Reason,
        long? AskedAs);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/charge-points/{id}/device-model", Handle)
            .WithName("GetDeviceModel")
            .WithSummary("A charger's components and variables as it last reported them; the charger is not asked")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/charge-points/{id}/device-model/reports", Reports)
            .WithName("ListDeviceReports")
            .WithSummary("The reports that a charger told its variables in, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Listing<Variable>>, Problem>> Handle(
        string id,
        [Description("Only variables of components of this name.")] string? component,
        [Description("Only variables of this name.")] string? variable,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        DeviceModelTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, component, variable, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Variable>.Of(page, row => Show(row.Key, row.Variable, row.At)));
    }

    private static async Task<Results<Ok<Listing<Report>>, Problem>> Reports(
        string id,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        DeviceModelTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ReportsAsync(known, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Report>.Of(page, row => new Report(
            row.Number, row.Parts, row.Complete, row.Whole, row.GeneratedAt, row.BegunAt, row.At,
            row.Tries, row.Reason, row.AskedAs)));
    }

    private static Variable Show(string key, ModelVariable told, DateTimeOffset at) => new(
        key,
        told.Component,
        told.ComponentInstance,
        told.Connector.Evse > 0 ? told.Connector.Evse : null,
        told.Connector.Connector > 0 ? told.Connector.Connector : null,
        told.Variable,
        told.VariableInstance,
        [.. told.Attributes.Select(a => new Attribute(a.Kind, a.Value, a.Mutability, a.Persistent, a.Constant))],
        told.DataType,
        told.Unit,
        told.Min,
        told.Max,
        told.Values,
        told.Monitored,
        at);
}
