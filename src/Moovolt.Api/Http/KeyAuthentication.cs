using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Moovolt.Api.Http;

/// <summary>RFC 6750: who shows an operator's key is that operator; commands carry the name.</summary>
internal sealed class KeyAuthentication(
    ApiSettings settings,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "operatorKey";

    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());

        if (settings.Keys.NameOf(header[Prefix.Length..].Trim()) is not { } name)
            return Task.FromResult(AuthenticateResult.Fail("The key is nobody's."));

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], SchemeName);
        return Task.FromResult(
            AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var shown = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = shown
            ? "Bearer realm=\"moovolt\", error=\"invalid_token\""
            : "Bearer realm=\"moovolt\"";
        await new Problem(
            StatusCodes.Status401Unauthorized,
            "key-needed",
            shown
                ? "That is no operator key of this installation."
                : "An operator key is needed: send Authorization: Bearer <key>.").ExecuteAsync(Context);
    }
}

/// <summary>Who asks.</summary>
internal static class Asker
{
    /// <summary>The name of the operator's key.</summary>
    public static string Operator(this ClaimsPrincipal user) =>
        user.Identity?.Name ?? throw new InvalidOperationException("A route without authorization asks who asks.");
}
