using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Moovolt.Api.Http;

/// <summary>
/// RFC 9110, 13.1.1: a change that is only wanted when the thing still is as it was read. The tag covers what
/// operators can write, not what chargers do meanwhile: a charger that reconnects must not spoil an operator's edit.
/// </summary>
internal static class Versions
{
    /// <summary>The tag of what an operator wrote.</summary>
    public static EntityTagHeaderValue Tag(params ReadOnlySpan<object?> written)
    {
        var text = new StringBuilder();
        foreach (var part in written) text.Append(part).Append('\u001f').Append(part is null ? '0' : '1');
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(digest)[..16]}\"");
    }

    /// <summary>Whether the change is only wanted of what was read before.</summary>
    public static bool AreAsked(HttpRequest request) => !StringValues.IsNullOrEmpty(request.Headers.IfMatch);

    /// <summary>
    /// The refusal, when the asker wants a version and the tables do not show yet which one there is.
    /// </summary>
    public static Problem Unknown => Problem.Unavailable(
        "What people look at is behind just now, so nobody can say whether it is still as you read it. Nothing was changed.");

    /// <summary>The refusal, when the asker wants another version than there is; null when all is well.</summary>
    /// <param name="current">Null when there is nothing yet.</param>
    public static Problem? Unwanted(HttpRequest request, EntityTagHeaderValue? current)
    {
        var header = request.Headers.IfMatch;
        if (!AreAsked(request)) return null;
        if (EntityTagHeaderValue.TryParseList(header, out var wanted) && current is not null
            && wanted.Any(tag => tag.Equals(EntityTagHeaderValue.Any)
                || tag.Compare(current, useStrongComparison: true))) return null;
        return Problem.ChangedMeanwhile(current is null
            ? "If-Match asks for a version of something that is not there."
            : $"It was changed since you read it; it is {current} now. Read it again.");
    }
}
