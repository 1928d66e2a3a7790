using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>The services of docker-compose.yml agree with each other and with the program.</summary>
public sealed class ComposeSpec
{
    private static readonly Yaml Compose = Yaml.ReadAll(Repository.Read("docker-compose.yml")).Single();
    private static readonly Yaml Services = Compose["services"];
    private static readonly string Http =
        Regex.Match(Repository.Read("Dockerfile"), @"MOOVOLT_URLS=http://0\.0\.0\.0:(\d+)").Groups[1].Value;

    private static readonly string ForChargers = Regex.Match(
        Compose["configs"]["listeners"]["content"].Text, @"http://0\.0\.0\.0:(\d+)").Groups[1].Value;

    private static readonly string[] Nodes = ["node-a", "node-b", "node-c"];

    [Fact]
    public void A_database_three_nodes_a_balancer_and_prometheus() =>
        Assert.Equal(["balancer", "database", .. Nodes, "prometheus"], Services.Keys.Order());

    [Fact]
    public void Nothing_is_published_beyond_this_machine_and_no_port_twice()
    {
        var published = Services.Keys.SelectMany(name => Services[name]["ports"].Items.Select(port => port.Text)).ToList();
        Assert.All(published, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.Equal(published.Count, published.Select(port => port.Split(':')[1]).Distinct().Count());
        Assert.All(Nodes, name => Assert.Equal([Http], Inside(name)));
        Assert.Equal([Http, ForChargers], Inside("balancer"));

        static IEnumerable<string> Inside(string name) =>
            Services[name]["ports"].Items.Select(port => port.Text.Split(':')[2]);
    }

    [Fact]
    public void Every_node_listens_for_chargers_only_where_the_balancer_sends_them()
    {
        Assert.Contains("listeners.balanced", Compose["configs"]["listeners"]["content"].Text, StringComparison.Ordinal);
        Assert.All(Nodes, name =>
        {
            var file = Services[name]["configs"].Items.Single();
            Assert.Equal("listeners", file["source"].Text);
            Assert.Equal(file["target"].Text, Services[name]["environment"]["MOOVOLT_CONFIG"].Text);
        });
    }

    [Fact]
    public void Everything_comes_back_by_itself() =>
        Assert.All(
            Services.Keys.Except(Nodes),
            name => Assert.Equal("always", Services[name]["restart"].Text));

    [Fact]
    public void The_balancer_sends_to_every_node_that_is_ready_and_is_more_patient_than_pings()
    {
        var balancer = Compose["configs"]["balancer"]["content"].Text;
        Assert.Equal(
            [.. Nodes.Select(node => $"{node}:{Http}"), .. Nodes.Select(node => $"{node}:{ForChargers}")],
            Regex.Matches(balancer, @"^\s+server \S+ (\S+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
        Assert.Contains("httpchk GET /healthz/ready", balancer, StringComparison.Ordinal);
        Assert.Matches($@"bind :{Http}\n\s+default_backend nodes\n", balancer);
        Assert.Matches($@"bind :{ForChargers}\n\s+default_backend sockets\n", balancer);
        Assert.Contains($"check port {Http} ", balancer, StringComparison.Ordinal); // where a node says that it is ready
        Assert.Contains("mode tcp", balancer, StringComparison.Ordinal);
        Assert.DoesNotContain("balance source", balancer, StringComparison.Ordinal); // a charger may land anywhere

        var ping = Regex.Match(Repository.Read("hocon/gateway.conf"), @"ping-interval = (\d+)s").Groups[1].Value;
        Assert.All(
            Regex.Matches(balancer, @"timeout (?:client|server) (\d+)s").Cast<Match>(),
            match => Assert.True(int.Parse(match.Groups[1].Value) > 3 * int.Parse(ping), match.Value));
    }

    [Fact]
    public void Prometheus_scrapes_every_node_where_metrics_are()
    {
        var job = Yaml.ReadAll(Compose["configs"]["prometheus"]["content"].Text).Single()["scrape_configs"].Items.Single();
        Assert.Equal("/metrics", job["metrics_path"].Text);
        Assert.Contains(
            $"\"{job["metrics_path"].Text}\"", Repository.Read("src/Moovolt.Node/Telemetry.cs"), StringComparison.Ordinal);
        Assert.Equal(
            Nodes.Select(node => $"{node}:{Http}"),
            job["static_configs"].Items.Single()["targets"].Items.Select(target => target.Text));
    }

    [Fact]
    public void What_a_service_is_given_is_written_down() =>
        Offenders.None(
            from name in Services.Keys
            from config in Services[name]["configs"].Items
            where Compose["configs"][config["source"].Text]["content"].Text == ""
            select $"{name}: {config["source"].Text}");
}
