using System.Net.Http;
using System.Net.WebSockets;
using System.Text;

namespace Moovolt.Simulator;

/// <summary>
/// Opens the sockets of all chargers through one handler, so that a thousand chargers cost no thousand of those.
/// </summary>
internal static class Dialer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly HttpMessageInvoker Invoker = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = Patience,
    });

    /// <returns>Null when nobody answered, or not with an upgrade.</returns>
    public static async Task<WebSocket?> Dial(
        Uri node, string identity, string subprotocol, string? password, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subprotocol);
        socket.Options.KeepAliveInterval = TimeSpan.Zero; // the server pings; its pings are answered as they are read
        if (password is not null)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{password}"));
            socket.Options.SetRequestHeader("Authorization", $"Basic {credentials}");
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            var address = new Uri($"{node.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(identity)}");
            await socket.ConnectAsync(address, Invoker, patience.Token);
            return socket;
        }
        catch (Exception refused)
            when (refused is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            socket.Dispose();
            return null;
        }
    }
}
