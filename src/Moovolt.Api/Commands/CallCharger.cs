using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/calls/{action}: any action of the charger's own version. The body is the OCPP payload,
/// checked against the version's schema, and then sent member for member as given.
/// </summary>
internal static class CallCharger
{
    public static void Map(IEndpointRouteBuilder asking) =>
        asking.MapPost("/calls/{action}", Handle)
            .WithName(nameof(CallCharger))
            .WithSummary("Send the charger any OCPP action of its version");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, string action, JsonElement body, int? queue, Entities entities, Dispatcher dispatcher, HttpContext http)
    {
        if (!ChargePointId.TryParse(id, out var known)) return Problem.NotFound($"There is no charge point {id}.");

        // The charge point itself is asked, not its row: a charger that has just come for the first time has none yet.
        var asked = await entities.Ask(new FindProtocol(known), http.RequestAborted);
        if (asked is Reply.Refused refused) return Problem.Of(refused);
        if (((ProtocolStanding)asked).Protocol is not { } protocol || Dialect.Find(protocol) is not { } dialect)
        {
            return Problem.Conflict(
                "not-now",
                $"{id} has never been here, so its version of OCPP is not known. Use a command without a version, or wait for it.");
        }

        if (body.ValueKind != JsonValueKind.Object) return Problem.Wrong("An OCPP payload is a JSON object.");
        if (Secrets.In(body) is { } secret) return Secrets.Refusal(secret);
        var problems = ActionCatalog.Problems(dialect.Version, action, body);
        if (problems.Count > 0) return Problem.Wrong($"{action} cannot be sent so.", [.. problems]);

        return await dispatcher.Send(http, id, dialect.Raw(action, body), queue);
    }
}
