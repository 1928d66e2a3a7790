using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// Which offer of permessage-deflate (RFC 7692) is taken, and how it is bounded: no context outlives a message on either
/// side, so an idle socket holds none, and no message tells anything about another by its length.
/// </summary>
/// <param name="Offer">
/// The charger's offer, with what we ask of it put in: the handshake of ASP.NET answers an offer by its mirror.
/// </param>
/// <param name="ServerWindowBits">How far back our frames refer: 9 to <see cref="MostWindowBits"/>.</param>
internal sealed record Compression(string Offer, int ServerWindowBits)
{
    /// <summary>4 KiB: OCPP frames are seldom larger (OCPP 2.1 part 4, 5.2), and the window is what memory goes to.</summary>
    public const int MostWindowBits = 12;

    private const string Extension = "permessage-deflate";
    private const string ServerForgets = "server_no_context_takeover";
    private const string ClientForgets = "client_no_context_takeover";
    private const string ServerBits = "server_max_window_bits";
    private const string ClientBits = "client_max_window_bits";

    // RFC 7692 has 8 too, and zlib cannot write with it.
    private const int LeastWindowBits = 9;
    private const int WidestWindowBits = 15;

    /// <summary>The first offer that can be taken; null for none: frames are then sent as they are.</summary>
    /// <param name="offered">Sec-WebSocket-Extensions, as it came.</param>
    public static Compression? Choose(StringValues offered) => offered
        .SelectMany(header => (header ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Select(Take)
        .FirstOrDefault(taken => taken is not null);

    // An offer with a parameter that is unknown, senseless or there twice must be declined (RFC 7692, 7).
    private static Compression? Take(string offer)
    {
        var parts = offer.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0] != Extension) return null;
        var parameters = parts[1..].Select(Parameter).ToImmutableArray();
        if (parameters.DistinctBy(parameter => parameter.Name).Count() != parameters.Length) return null;
        if (!parameters.All(IsSound)) return null;

        var server = Math.Min(BitsOf(parameters, ServerBits) ?? WidestWindowBits, MostWindowBits);
        if (server < LeastWindowBits) return null;
        // Only who offers it may be told how far back to refer (7.1.2.2).
        var client = parameters.Any(parameter => parameter.Name == ClientBits)
            ? $"; {ClientBits}={Math.Clamp(BitsOf(parameters, ClientBits) ?? WidestWindowBits, LeastWindowBits, MostWindowBits)}"
            : "";
        return new Compression($"{Extension}; {ClientForgets}; {ServerForgets}; {ServerBits}={server}{client}", server);
    }

    private static (string Name, string? Value) Parameter(string text) => text.Split('=', 2, StringSplitOptions.TrimEntries) switch
    {
        [var name, var value] => (name, value.Length > 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value),
        var alone => (alone[0], null),
    };

    private static bool IsSound((string Name, string? Value) parameter) => parameter switch
    {
        (ServerForgets or ClientForgets, null) or (ClientBits, null) => true,
        (ServerBits or ClientBits, { } value) => Bits(value) is not null,
        _ => false,
    };

    private static int? BitsOf(ImmutableArray<(string Name, string? Value)> parameters, string name) =>
        parameters.FirstOrDefault(parameter => parameter.Name == name).Value is { } value ? Bits(value) : null;

    private static int? Bits(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits is >= 8 and <= WidestWindowBits && value[0] != '0'
            ? bits
            : null;
}
