using System.Net.Sockets;
using Akka.Actor;

namespace Moovolt.Cluster.Joining;

/// <summary>What is behind an address.</summary>
internal enum Sign
{
    /// <summary>Something takes connections there.</summary>
    Answers,

    /// <summary>The machine is there and says that nothing listens.</summary>
    Refuses,

    /// <summary>Nothing is heard: it may be gone, or out of reach and alive.</summary>
    Silent,
}

/// <summary>Tries whether anything listens at a node's address.</summary>
internal static class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<Sign> Try(string address, CancellationToken cancellation)
    {
        var node = Address.Parse(address);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(node.Host, node.Port ?? 0, patience.Token);
            return Sign.Answers;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return Sign.Refuses;
        }
        catch (SocketException)
        {
            return Sign.Silent;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Sign.Silent;
        }
    }
}
