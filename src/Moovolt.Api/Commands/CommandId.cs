using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Moovolt.Domain;

namespace Moovolt.Api.Commands;

/// <summary>
/// A command's id says whose it is, so that the charge point can be asked about it before any table shows it:
/// 32 hex digits that grow with time, a dash, and the identity in base64url.
/// </summary>
internal sealed record CommandId(string Text, ChargePointId ChargePoint)
{
    private const int SeedLength = 32;

    /// <param name="seed">What makes it unique; the same seed is the same command.</param>
    public static CommandId Of(Guid seed, ChargePointId chargePoint) =>
        new($"{seed:N}-{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(chargePoint.Value))}", chargePoint);

    public static bool TryParse(string text, [NotNullWhen(true)] out CommandId? id)
    {
        id = null;
        if (text.Length <= SeedLength || text[SeedLength] != '-') return false;
        try
        {
            var identity = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text[(SeedLength + 1)..]));
            if (ChargePointId.TryParse(identity, out var chargePoint)) id = new CommandId(text, chargePoint);
        }
        catch (FormatException)
        {
            // No id of ours; then there is no such command.
        }

        return id is not null;
    }
}
