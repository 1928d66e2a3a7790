using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Takes secrets out of frames before anybody may read them: passwords that are set by configuration (AuthorizationKey
/// in 1.6, BasicAuthPassword in 2.x; A01.FR.09 asks that they be in no log), those in addresses of uploads, and what is
/// between a car and the issuer of its contract, in which its key is.
/// </summary>
public static class Redaction
{
    public const string Mask = "***";

    // What a charger tells of a customer is for whoever asked, and for no log (OCPP 2.0.1, N09).
    private const string Personal = "NotifyCustomerInformation";

    private const string Vpn = "vpn";
    private const string Withheld = "(a frame that cannot be read and may hold a secret)";

    // Between a car and the issuer of its contract: no configuration, and only in frames.
    private static readonly string[] SecretNames = [.. SecretKeys.Signs, "exiRequest", "exiResponse"];

    // Nearly no frame holds one of these, so nearly every frame is left as it is. \u could spell any of them, a slash may
    // be written \/ (RFC 8259, 7; PHP does), and the key of a VPN is called key.
    private static readonly SearchValues<string> Signs =
        SearchValues.Create([.. SecretNames, "://", "\\/", "\\u", "\"vpn\"", Personal], StringComparison.OrdinalIgnoreCase);

    // What people may read and a length may still betray: PINs that drivers type, and keys of certificates.
    private static readonly SearchValues<string> Confidential =
        SearchValues.Create(["KeyCode", "PRIVATE KEY"], StringComparison.OrdinalIgnoreCase);

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Whether a frame must not be compressed, for its length would tell of a secret that stands beside what somebody
    /// else chose. In doubt it may hold one: then it is only longer on the wire.
    /// </summary>
    public static bool MayHoldSecret(ReadOnlySpan<byte> utf8)
    {
        var frame = Encoding.UTF8.GetString(utf8).AsSpan();
        return frame.ContainsAny(Signs) || frame.ContainsAny(Confidential);
    }

    /// <summary>The frame, or any JSON, as people may read it.</summary>
    public static string Clean(ReadOnlySpan<byte> utf8) => Clean(Encoding.UTF8.GetString(utf8));

    /// <inheritdoc cref="Clean(ReadOnlySpan{byte})"/>
    public static string Clean(string json)
    {
        if (!json.AsSpan().ContainsAny(Signs)) return json;
        try
        {
            var root = JsonNode.Parse(json);
            return CleansePersonal(root) | Cleanse(root) ? root!.ToJsonString(Written) : json; // what was changed is there
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            return Withheld; // ArgumentException: a member that is there twice; InvalidOperationException: no characters
        }
    }

    private static bool Cleanse(JsonNode? node) => node switch
    {
        JsonObject members => CleanseMembers(members),
        JsonArray items => CleanseItems(items),
        _ => false,
    };

    private static bool CleansePersonal(JsonNode? root)
    {
        if (root is not JsonArray { Count: 4 } frame || Text(frame[2]) != Personal || frame[3] is not JsonObject told)
            return false;
        told["data"] = Mask;
        return true;
    }

    private static bool CleanseItems(JsonArray items)
    {
        var changed = false;
        for (var i = 0; i < items.Count; i++)
        {
            if (WithoutUser(items[i]) is { } address)
            {
                items[i] = address;
                changed = true;
            }
            else
            {
                changed |= Cleanse(items[i]);
            }
        }

        return changed;
    }

    private static bool CleanseMembers(JsonObject members)
    {
        var names = NamesSecret(members);
        var changed = false;
        foreach (var (name, value) in members.ToArray())
        {
            if (value is not null && (IsSecret(name) || (names && IsValue(name))))
            {
                members[name] = Mask;
                changed = true;
            }
            else if (WithoutUser(value) is { } address)
            {
                members[name] = address;
                changed = true;
            }
            else
            {
                changed |= (name == Vpn && MaskKey(value)) | Cleanse(value);
            }
        }

        return changed;
    }

    // 2.x, SetNetworkProfile: the pre-shared key of a VPN.
    private static bool MaskKey(JsonNode? vpn)
    {
        if (vpn is not JsonObject members || members["key"] is null) return false;
        members["key"] = Mask;
        return true;
    }

    // 1.6: {"key":"AuthorizationKey","value":…}; 2.x: {"variable":{"name":"BasicAuthPassword"},"attributeValue":…}
    private static bool NamesSecret(JsonObject members) =>
        IsSecret(Text(members["key"])) || IsSecret(Text((members["variable"] as JsonObject)?["name"]));

    private static bool IsValue(string name) => name is "value" or "attributeValue" or "variableAttribute" or "actualValue";

    private static bool IsSecret(string? name) =>
        name is not null && SecretNames.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));

    // ftp://user:password@host/…: the user may stay, what follows its colon may not.
    private static string? WithoutUser(JsonNode? node)
    {
        if (Text(node) is not { } text) return null;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return null;
        var start = scheme + 3;
        var slash = text.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = slash < 0 ? text.AsSpan(start) : text.AsSpan(start, slash);
        var at = authority.LastIndexOf('@');
        var colon = at < 0 ? -1 : authority[..at].IndexOf(':');
        return colon < 0 ? null : $"{text.AsSpan(0, start + colon + 1)}{Mask}{text.AsSpan(start + at)}";
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
