using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, MessageContentType: a text to be shown.</summary>
public sealed record MessageContent(
    [OneOf("ASCII", "HTML", "URI", "UTF8"), OneOf("QRCODE", Since = OcppVersion.V21)] string Format,
    [MaxLength(512), MaxLength(1024, Since = OcppVersion.V21)] string Content,
    [MaxLength(8)] string? Language = null);
