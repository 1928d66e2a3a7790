using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;

namespace Moovolt.Gateway.Tests;

/// <summary>A charger at the level of bytes, so that it can also do what no client library lets one do.</summary>
internal sealed class RawCharger : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpClient tcp = new();
    private Stream stream = null!; // set by OpenAsync, the only way to one

    private RawCharger()
    {
    }

    public int Status { get; private set; }
    public string Head { get; private set; } = "";
    public string Body { get; private set; } = "";

    /// <summary>A header of the response; null when it is not there.</summary>
    public string? Header(string name) => Head.Split("\r\n")
        .Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();

    /// <summary>Shakes hands, or is refused: see <see cref="Status"/>.</summary>
    public static Task<RawCharger> ConnectAsync(
        int port, string path, string? protocols = "ocpp1.6", string? authorization = null, params string[] headers) =>
        ConnectAsync(new Way(port), path, protocols, authorization, headers);

    /// <inheritdoc cref="ConnectAsync(int, string, string?, string?, string[])"/>
    public static async Task<RawCharger> ConnectAsync(
        Way way, string path, string? protocols = "ocpp1.6", string? authorization = null, params string[] headers)
    {
        var all = new List<string>
        {
            "Host: localhost", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        };
        if (protocols is not null) all.Add($"Sec-WebSocket-Protocol: {protocols}");
        if (authorization is not null) all.Add($"Authorization: {authorization}");
        return await RequestAsync(way, path, [.. all, .. headers]);
    }

    public static Task<RawCharger> RequestAsync(int port, string path, params string[] headers) =>
        RequestAsync(new Way(port), path, headers);

    public static async Task<RawCharger> RequestAsync(Way way, string path, params string[] headers)
    {
        var charger = await OpenAsync(way);
        var head = $"GET {path} HTTP/1.1\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
        await charger.stream.WriteAsync(Encoding.UTF8.GetBytes(head));
        await charger.ReadHeadAsync().WaitAsync(Patience);
        return charger;
    }

    /// <summary>Begins a request and never ends it.</summary>
    /// <returns>What the server says before it closes the connection.</returns>
    public static async Task<string> SendHalfAsync(int port, string beginning)
    {
        await using var charger = await OpenAsync(new Way(port));
        await charger.stream.WriteAsync(Encoding.UTF8.GetBytes(beginning));
        using var reader = new StreamReader(charger.stream);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    /// <summary>A connection over which nothing was said yet, but what TLS has to say.</summary>
    public static async Task<RawCharger> OpenAsync(Way way)
    {
        var charger = new RawCharger();
        if (way.From is { } from) charger.tcp.Client.Bind(new IPEndPoint(from, 0));
        await charger.tcp.ConnectAsync(IPAddress.Loopback, way.Port);
        charger.stream = charger.tcp.GetStream();
        if (way.Tls is not { } tls) return charger;

        var secure = new SslStream(charger.stream);
        charger.stream = secure;
        await secure.AuthenticateAsClientAsync(tls).WaitAsync(Patience);
        charger.Secure = secure;
        return charger;
    }

    /// <summary>The same; null when the other side cuts it at once.</summary>
    public static async Task<RawCharger?> TryOpenAsync(Way way)
    {
        try
        {
            return await OpenAsync(way);
        }
        catch (Exception cut) when (cut is IOException or SocketException or AuthenticationException)
        {
            return null;
        }
    }

    /// <summary>What TLS came to; null without.</summary>
    public SslStream? Secure { get; private set; }

    /// <summary>Bytes as they are.</summary>
    public async Task WriteAsync(byte[] bytes) => await stream.WriteAsync(bytes);

    /// <summary>So many bytes as they come; less when the connection ends before, and none when it is cut.</summary>
    public async Task<byte[]> ReadBytesAsync(int most)
    {
        var bytes = new byte[most];
        try
        {
            var read = await stream.ReadAtLeastAsync(bytes, most, throwOnEndOfStream: false).AsTask().WaitAsync(Patience);
            return bytes[..read];
        }
        catch (IOException)
        {
            return [];
        }
    }

    public static string Basic(string user, string password) => Basic(user, Encoding.UTF8.GetBytes(password));

    public static string Basic(string user, byte[] password) =>
        $"Basic {Convert.ToBase64String([.. Encoding.UTF8.GetBytes(user + ":"), .. password])}";

    public Task SendAsync(string text) => SendAsync(1, Encoding.UTF8.GetBytes(text));

    public Task CallAsync(string id, string action, string payload) => SendAsync($"[2,\"{id}\",\"{action}\",{payload}]");

    public Task CloseAsync(ushort code) => SendAsync(8, [(byte)(code >> 8), (byte)code]);

    /// <param name="last">False for a fragment that others follow; those have opcode 0.</param>
    public async Task SendAsync(byte opcode, byte[] payload, bool last = true)
    {
        var header = new byte[14];
        header[0] = (byte)((last ? 0x80 : 0) | opcode);
        var length = 2;
        if (payload.Length < 126)
        {
            header[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            header[1] = 0x80 | 127;
            BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), (ulong)payload.Length);
            length = 10;
        }

        // A mask of zeros leaves the payload as it is.
        await stream.WriteAsync(header.AsMemory(0, length + 4));
        await stream.WriteAsync(payload);
    }

    /// <summary>The next text frame; pings and pongs are passed over.</summary>
    public async Task<string> ReadTextAsync()
    {
        var (opcode, payload) = await ReadAsync().WaitAsync(Patience);
        return opcode == 1
            ? Encoding.UTF8.GetString(payload)
            : throw new InvalidOperationException($"A text was expected, not {opcode}: {Convert.ToHexString(payload)}");
    }

    public async Task<JsonElement> ReadFrameAsync() => JsonElement.Parse(await ReadTextAsync());

    /// <summary>The next text as it came: its first byte (RSV1 is 0x40), and its bytes.</summary>
    public Task<(byte First, byte[] Payload)> ReadAsItCameAsync() => ReadAsync(whole: true).WaitAsync(Patience);

    /// <summary>The code of the close frame that comes next, texts passed over; 0 when the connection is cut.</summary>
    public async Task<int> ReadCloseAsync()
    {
        while (true)
        {
            try
            {
                var (opcode, payload) = await ReadAsync().WaitAsync(Patience);
                if (opcode == 8) return BinaryPrimitives.ReadUInt16BigEndian(payload);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    /// <summary>True when nothing at all arrives within that time.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan time)
    {
        var data = stream.ReadAsync(Memory<byte>.Empty).AsTask();
        return await Task.WhenAny(data, Task.Delay(time)) != data;
    }

    public ValueTask DisposeAsync()
    {
        tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    // whole: all of the first byte, not only the opcode in it.
    private async Task<(byte Opcode, byte[] Payload)> ReadAsync(bool whole = false)
    {
        while (true)
        {
            var header = new byte[2];
            await stream.ReadExactlyAsync(header);
            long length = header[1];
            if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2));
            else if (length == 127) length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8));
            var payload = await ReadExactlyAsync((int)length);
            if ((header[0] & 0x0f) is var opcode and not (9 or 10)) return (whole ? header[0] : (byte)opcode, payload);
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private async Task ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadExactlyAsync(1))[0]);
        Head = head.ToString();
        Status = int.Parse(Head.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        if (Status != 101) Body = await ReadBodyAsync();
    }

    private async Task<string> ReadBodyAsync()
    {
        if (Header("Content-Length") is { } length)
            return Encoding.UTF8.GetString(await ReadExactlyAsync(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)));

        var body = new StringBuilder(); // in chunks, the last of which is empty
        while (!body.ToString().EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)) body.Append((char)(await ReadExactlyAsync(1))[0]);
        return body.ToString();
    }
}

/// <summary>How a charger gets to the gateway.</summary>
/// <param name="Tls">Null: without.</param>
/// <param name="From">Its own address, such as 127.0.0.2; null: whichever.</param>
internal sealed record Way(int Port, SslClientAuthenticationOptions? Tls = null, IPAddress? From = null);
