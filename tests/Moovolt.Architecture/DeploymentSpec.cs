using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>The files that run Moovolt elsewhere say what the program says: ports, paths, variables, patience.</summary>
public sealed class DeploymentSpec
{
    private static readonly string[] Files = [.. Repository.Files().Where(file =>
        file is "Dockerfile" or "docker-compose.yml" || file.StartsWith("k8s/", StringComparison.Ordinal))];

    private static readonly string Program = string.Concat(Repository.Files()
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
        .Select(Repository.Read));

    private static readonly Yaml[] Base = [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "k8s/base"), "*.yaml")
        .SelectMany(file => Yaml.ReadAll(File.ReadAllText(file)))];

    /// <summary>After SIGTERM: what observed readings and connections are still written, loops end, the runtime goes down.</summary>
    private static readonly TimeSpan ForLastWrites = TimeSpan.FromSeconds(20);

    private static Yaml Deployment => Base.Single(each => each["kind"].Text == "Deployment");

    private static Yaml Pod => Deployment["spec"]["template"]["spec"];

    /// <summary>How many seconds a pod is given to leave.</summary>
    internal static string Grace => Pod["terminationGracePeriodSeconds"].Text;

    private static Yaml Container => Pod["containers"].Items.Single();

    [Fact]
    public void Every_variable_that_is_set_is_one_that_the_program_reads()
    {
        var read = Names(Repository.Read(EnvironmentFile)).ToHashSet();
        Offenders.None(
            from file in Files
            from name in Names(Regex.Replace(Repository.Read(file), @"\$\{MOOVOLT_[A-Z_]+:-[^}]*\}", ""))
            where !read.Contains(name)
            select $"{file}: {name}");
    }

    [Fact]
    public void Every_variable_that_the_program_reads_is_on_the_front_pages() =>
        Offenders.None(
            from page in new[] { "README.md", "README.pt-BR.md" }
            from name in Names(Repository.Read(EnvironmentFile)).Distinct()
            where !Repository.Read(page).Contains($"`{name}`", StringComparison.Ordinal)
            select $"{page}: {name}");

    [Fact]
    public void Every_probe_asks_for_a_route_that_is_mapped()
    {
        var paths = Files.SelectMany(file => Regex.Matches(Repository.Read(file), @"/healthz/\w+")).Select(match => match.Value);
        Offenders.None(paths.Distinct().Where(path => !Program.Contains($"\"{path}\"", StringComparison.Ordinal)));
        Assert.Equal("/healthz/ready", Container["readinessProbe"]["httpGet"]["path"].Text);
        Assert.Equal("/healthz/live", Container["livenessProbe"]["httpGet"]["path"].Text);
    }

    [Fact]
    public void Ports_are_the_same_everywhere()
    {
        var dockerfile = Repository.Read("Dockerfile");
        var http = Regex.Match(dockerfile, @"MOOVOLT_URLS=http://0\.0\.0\.0:(\d+)").Groups[1].Value;
        var remoting = Regex.Match(dockerfile, @"MOOVOLT_REMOTING_PORT=(\d+)").Groups[1].Value;
        Assert.Contains($"EXPOSE {http} {remoting}", dockerfile, StringComparison.Ordinal);
        Assert.Contains("CMD [\"/app/moovolt\", \"health\"]", dockerfile, StringComparison.Ordinal); // by MOOVOLT_URLS

        Assert.Equal($"http://0.0.0.0:{http}", Variable("MOOVOLT_URLS"));
        Assert.Equal(remoting, Variable("MOOVOLT_REMOTING_PORT"));
        var ports = Container["ports"].Items.ToDictionary(port => port["name"].Text, port => port["containerPort"].Text);
        Assert.Equal(http, ports["http"]);
        Assert.Equal(remoting, ports["remoting"]);
        Offenders.None(
            from service in Base
            where service["kind"].Text == "Service"
            from port in service["spec"]["ports"].Items
            where !ports.ContainsKey(port["targetPort"].Text)
            select service["metadata"]["name"].Text);
    }

    [Fact]
    public void The_defaults_of_the_program_are_the_ports_of_the_image()
    {
        var program = Repository.Read(EnvironmentFile);
        Assert.Contains("127.0.0.1:5080", program, StringComparison.Ordinal);
        Assert.Matches(@"\b4053\b", program);
    }

    [Fact]
    public void A_pod_is_given_longer_than_the_drain_takes()
    {
        var preStop = TimeSpan.FromSeconds(int.Parse(Container["lifecycle"]["preStop"]["sleep"]["seconds"].Text));
        var config = new Config(Hocon("clustered.conf")).WithFallback(ConfigurationFactory.Default());
        var sockets = config.GetTimeSpan("moovolt.node.drain-within");
        var usual = config.GetTimeSpan("akka.coordinated-shutdown.default-phase-timeout");
        var phases = config.GetConfig("akka.coordinated-shutdown.phases");
        // All phases, for one that has no task today takes no time, and may have one tomorrow.
        var named = phases.AsEnumerable().Select(phase => phase.Key).ToList();
        Assert.True(named.Count >= 12, $"Akka has twelve phases: {string.Join(", ", named)}");
        var leaving = named.Aggregate(
            TimeSpan.Zero, (sum, phase) => sum + phases.GetTimeSpan($"{phase}.timeout", usual, allowInfinite: false));
        var http = TimeSpan.FromSeconds(int.Parse(Regex.Match(Program, @"ShutdownTimeout = TimeSpan\.FromSeconds\((\d+)\)").Groups[1].Value));

        var most = preStop + sockets + leaving + http;
        Assert.True(sockets > TimeSpan.Zero && leaving >= usual * 12 && http > TimeSpan.Zero, $"{most}");
        var grace = TimeSpan.FromSeconds(int.Parse(Grace));
        Assert.True(most + ForLastWrites <= grace, $"Leaving takes up to {most}, and a pod is killed after {grace}.");
        Assert.Contains($"stop_grace_period: {Grace}s", Repository.Read("docker-compose.yml"), StringComparison.Ordinal);
        Offenders.None(
            from page in new[] { "k8s/README.md", "hocon/cluster.conf" }
            where !Repository.Read(page).Contains($"{Grace} s", StringComparison.Ordinal)
            select $"{page} does not say that a pod is given {Grace} s.");
    }

    [Fact]
    public void A_new_pod_is_there_before_an_old_one_goes()
    {
        Assert.Equal("1", Deployment["spec"]["strategy"]["rollingUpdate"]["maxSurge"].Text);
        Assert.Equal("0", Deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"].Text);
        Assert.Equal("1", Base.Single(each => each["kind"].Text == "PodDisruptionBudget")["spec"]["maxUnavailable"].Text);
    }

    [Fact]
    public void Members_find_each_other_before_they_are_ready()
    {
        var remoting = Base.Single(each => each["kind"].Text == "Service" && each["spec"]["clusterIP"].Text == "None");
        Assert.Equal("true", remoting["spec"]["publishNotReadyAddresses"].Text);
    }

    [Fact]
    public void Nothing_runs_as_root_and_nothing_secret_is_written_down()
    {
        Assert.Contains("\nUSER ", Repository.Read("Dockerfile"), StringComparison.Ordinal);
        Assert.Equal("true", Pod["securityContext"]["runAsNonRoot"].Text);
        Assert.Equal("true", Container["securityContext"]["readOnlyRootFilesystem"].Text);
        Offenders.None(
            from variable in Container["env"].Items
            where variable["name"].Text is "MOOVOLT_DB" or "MOOVOLT_OPERATOR_KEY"
            where variable["valueFrom"]["secretKeyRef"]["key"].Text == ""
            select variable["name"].Text);
    }

    /// <summary>The one file of Node in which the environment is mapped.</summary>
    private static string EnvironmentFile => Repository.Files().Single(file =>
        file.StartsWith("src/Moovolt.Node/", StringComparison.Ordinal)
        && file.EndsWith(".cs", StringComparison.Ordinal)
        && Repository.Read(file).Contains("\"MOOVOLT_DB\"", StringComparison.Ordinal));

    private static string Variable(string name) =>
        Container["env"].Items.Single(variable => variable["name"].Text == name)["value"].Text;

    private static IEnumerable<string> Names(string text) =>
        Regex.Matches(text, @"\bMOOVOLT_[A-Z]+(_[A-Z]+)*\b").Select(match => match.Value);

    // As the program reads it: a file and what it includes.
    private static HoconRoot Hocon(string file) => Parser.Parse(Repository.Read($"hocon/{file}"), Hocon);
}
