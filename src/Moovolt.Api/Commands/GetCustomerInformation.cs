using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/get-customer-information: the charger tells, or forgets, what it knows of a
/// customer. What it tells is personal, and at GET /charge-points/{id}/customer-information only.
/// </summary>
internal static class GetCustomerInformation
{
    private const int LongestCustomer = 64;

    /// <param name="Token">Whose; or <paramref name="Customer"/>.</param>
    /// <param name="Customer">What the charger's maker calls him.</param>
    /// <param name="Report">It shall be told.</param>
    /// <param name="Clear">It shall be forgotten.</param>
    internal sealed record Body(string? Token = null, string? Customer = null, bool Report = true, bool Clear = false);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/get-customer-information", Handle)
            .WithName(nameof(GetCustomerInformation))
            .WithSummary("Have the charger tell, or forget, what it knows of a customer");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.Token is null == body.Customer is null) return Problem.Wrong("Give either 'token' or 'customer'.");
        if (body.Token?.Length > TokenId.MaxLength || body.Customer?.Length > LongestCustomer)
            return Problem.Wrong(
                $"'token' has up to {TokenId.MaxLength} characters, 'customer' up to {LongestCustomer}.");
        if (!body.Report && !body.Clear) return Problem.Wrong("'report' or 'clear' must be true, or both.");
        return await dispatcher.Send(
            http, id, new ReadCustomer(body.Token, body.Customer, body.Report, body.Clear), queue);
    }
}
