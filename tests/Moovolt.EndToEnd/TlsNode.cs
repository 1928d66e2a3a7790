using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>One node with a listener for security profile 2 and one for 3, and whoever issues their certificates.</summary>
public sealed class TlsNode : IAsyncLifetime
{
    private readonly int _byPassword = Ports.Free();
    private readonly int _byCertificate = Ports.Free();

    public TlsNode()
    {
        var file = Issuer.PathOf("listeners.conf");
        File.WriteAllText(file, $$"""
            moovolt.gateway {
              {{Issuer.Listener("password", "2", _byPassword)}}
              {{Issuer.Listener("certificate", "3", _byCertificate)}}
            }
            """);
        Node = new MoovoltProcess(new Dictionary<string, string> { ["MOOVOLT_CONFIG"] = file, ["MOOVOLT_DEV"] = "false" });
    }

    public TestIssuer Issuer { get; } = new();

    public MoovoltProcess Node { get; }

    /// <summary>Where chargers connect to with TLS and a password.</summary>
    public Uri ByPassword => new($"wss://127.0.0.1:{_byPassword}/ocpp/");

    /// <summary>Where chargers connect to with a certificate of their own.</summary>
    public Uri ByCertificate => new($"wss://127.0.0.1:{_byCertificate}/ocpp/");

    public Task InitializeAsync() => Node.Start().Ready();

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        Issuer.Dispose();
    }
}
