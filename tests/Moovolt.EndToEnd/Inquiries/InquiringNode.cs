using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Inquiries;

/// <summary>A node that asks a provider outside: it answers some questions, and never those at "silent".</summary>
public sealed class InquiringNode : IAsyncLifetime
{
    private readonly string _secret = Path.GetTempFileName();
    private readonly string _config = Path.GetTempFileName();

    public InquiringNode()
    {
        File.WriteAllText(_secret, "Bearer of-the-provider\n");
        File.WriteAllText(_config, $$"""
            moovolt.inquiries {
              patience = 3s
              contract-certificates { url = "{{Provider.Url}}contracts", authorization-file = "{{_secret}}" }
            }
            """);
        Node = new MoovoltProcess(new Dictionary<string, string> { ["MOOVOLT_CONFIG"] = _config });
    }

    internal Provider Provider { get; } = new();

    public MoovoltProcess Node { get; }

    public Task InitializeAsync() => Node.Start().Ready();

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await Provider.DisposeAsync();
        File.Delete(_secret);
        File.Delete(_config);
    }
}
