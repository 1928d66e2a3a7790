using Moovolt.Domain;

namespace Moovolt.Api.Http;

/// <summary>Path segments that may hold a slash: the server leaves %2F as it is, so that it ends no segment.</summary>
internal static class Segment
{
    public static TokenId Token(string segment) => new(Unescape(segment));

    public static TransactionId Transaction(string chargePoint, string localId) =>
        new(new ChargePointId(chargePoint), Unescape(localId));

    public static string Text(string segment) => Unescape(segment);

    public static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Unescape(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
