using System.Diagnostics;
using System.Text.RegularExpressions;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>The base and every overlay, as Kubernetes would be given them: rendered by kubectl, without a cluster.</summary>
public sealed class OverlaySpec
{
    private const string Base = "base";

    /// <summary>The folders that are applied.</summary>
    public static TheoryData<string> All =>
        [.. Overlays.Select(overlay => $"overlays/{overlay}").Prepend(Base)];

    private static IEnumerable<string> Overlays => Directory
        .EnumerateDirectories(Path.Combine(Repository.Root, "k8s/overlays"))
        .Select(folder => Path.GetFileName(folder)!)
        .Order(StringComparer.Ordinal);

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Every_service_and_probe_asks_at_a_port_that_the_pod_opens(string folder)
    {
        var rendered = Rendered(folder);
        var container = Container(rendered);
        var ports = container["ports"].Items.Select(port => port["name"].Text).ToList();
        Offenders.None(
            from service in Of(rendered, "Service")
            from port in service["spec"]["ports"].Items
            where !ports.Contains(port["targetPort"].Text)
            select $"{service["metadata"]["name"].Text} sends to {port["targetPort"].Text}");
        Offenders.None(
            from probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" }
            where !ports.Contains(container[probe]["httpGet"]["port"].Text)
            select probe);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Everybody_is_let_in_everywhere_but_at_the_port_of_members(string folder)
    {
        var rendered = Rendered(folder);
        var ingress = Of(rendered, "NetworkPolicy").Single()["spec"]["ingress"].Items.ToList();
        var (everybody, members) = (ingress[0], ingress[1]);
        Assert.Empty(everybody["from"].Items);
        Assert.Equal(
            Container(rendered)["ports"].Items.Select(port => port["name"].Text).Except(["remoting"]).Order(),
            everybody["ports"].Items.Select(port => port["port"].Text).Order());
        Assert.Equal("remoting", members["ports"].Items.Single()["port"].Text);
        Assert.Equal(
            "moovolt",
            members["from"].Items.Single()["podSelector"]["matchLabels"]["app.kubernetes.io/name"].Text);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Whatever_selects_pods_selects_these(string folder)
    {
        var rendered = Rendered(folder);
        var labels = Workload(rendered)["spec"]["template"]["metadata"]["labels"];
        Offenders.None(
            from each in rendered
            let selector = each["kind"].Text switch
            {
                "Service" => each["spec"]["selector"],
                "Deployment" or "StatefulSet" or "PodDisruptionBudget" => each["spec"]["selector"]["matchLabels"],
                "NetworkPolicy" => each["spec"]["podSelector"]["matchLabels"],
                _ => default,
            }
            where selector.Keys.Any(key => selector[key].Text != labels[key].Text)
                || (selector.Node is not null && !selector.Keys.Any())
            select $"{each["kind"].Text} {each["metadata"]["name"].Text}");
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Nobody_binds_a_charger_to_a_pod_and_no_probe_kills_for_a_lost_database(string folder)
    {
        var rendered = Rendered(folder);
        Offenders.None(
            from service in Of(rendered, "Service")
            where service["spec"]["sessionAffinity"].Text is not ("" or "None")
            select service["metadata"]["name"].Text);
        var container = Container(rendered);
        Assert.Equal("/healthz/live", container["livenessProbe"]["httpGet"]["path"].Text);
        Assert.Equal("/healthz/live", container["startupProbe"]["httpGet"]["path"].Text);
        Assert.Equal("true", container["securityContext"]["readOnlyRootFilesystem"].Text);
        Assert.Equal(
            DeploymentSpec.Grace,
            Workload(rendered)["spec"]["template"]["spec"]["terminationGracePeriodSeconds"].Text);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Whatever_a_pod_reads_is_rendered_or_a_secret_that_its_page_makes(string folder)
    {
        var rendered = Rendered(folder);
        var pages = string.Concat(new[] { Base, folder }.Select(each => Repository.Read($"k8s/{each}/kustomization.yaml")));
        var pod = Workload(rendered)["spec"]["template"]["spec"];
        var maps = Of(rendered, "ConfigMap").Select(map => map["metadata"]["name"].Text).ToList();
        Offenders.None(
            from volume in pod["volumes"].Items
            let map = volume["configMap"]["name"].Text
            where map.Length > 0 && !maps.Contains(map)
            select map);
        var secrets = pod["volumes"].Items.Select(volume => volume["secret"]["secretName"].Text)
            .Concat(Container(rendered)["env"].Items.Select(each => each["valueFrom"]["secretKeyRef"]["name"].Text))
            .Where(name => name.Length > 0).Distinct();
        Offenders.None(
            secrets.Where(name => !pages.Contains($"create secret generic {name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Everything_in_the_base_is_listed()
    {
        var listed = Yaml.ReadAll(Repository.Read("k8s/base/kustomization.yaml")).Single()["resources"].Items
            .Select(each => each.Text);
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "k8s/base"), "*.yaml")
            .Select(file => Path.GetFileName(file)!);
        Assert.Equal(there.Except(["kustomization.yaml"]).Order(), listed.Order());
    }

    [SkippableFact]
    public void The_base_is_a_deployment_with_its_settings_its_services_its_budget_and_its_policy() => Assert.Equal(
        ["ConfigMap", "Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service", "Service", "Service"],
        Rendered(Base).Select(each => each["kind"].Text).Order());

    [SkippableFact]
    public void With_names_that_last_members_are_called_by_the_headless_service()
    {
        var rendered = Rendered("overlays/stateful");
        var set = Workload(rendered);
        Assert.Equal("StatefulSet", set["kind"].Text);
        Assert.Equal("", set["spec"]["strategy"]["rollingUpdate"]["maxSurge"].Text);
        var headless = Of(rendered, "Service").Single(each => each["spec"]["clusterIP"].Text == "None");
        Assert.Equal(headless["metadata"]["name"].Text, set["spec"]["serviceName"].Text);
        var variables = Container(rendered)["env"].Items.ToList();
        var host = variables.Single(each => each["name"].Text == "MOOVOLT_REMOTING_HOST");
        Assert.Equal($"$(POD_NAME).{set["spec"]["serviceName"].Text}", host["value"].Text);
        // Kubernetes fills in only what was said before.
        Assert.True(
            variables.FindIndex(each => each["name"].Text == "POD_NAME") < variables.IndexOf(host), "POD_NAME comes late");
    }

    [SkippableFact]
    public void The_autoscaler_is_the_only_one_that_says_how_many()
    {
        var rendered = Rendered("overlays/autoscale");
        var scaler = Of(rendered, "HorizontalPodAutoscaler").Single()["spec"];
        var workload = Workload(rendered);
        Assert.Equal(workload["kind"].Text, scaler["scaleTargetRef"]["kind"].Text);
        Assert.Equal(workload["metadata"]["name"].Text, scaler["scaleTargetRef"]["name"].Text);
        Assert.Equal("", workload["spec"]["replicas"].Text);
        Assert.Equal("3", scaler["minReplicas"].Text); // of two, a split leaves the lower address only
    }

    [Fact]
    public void With_tls_the_pod_listens_where_the_service_sends_chargers_and_reads_what_is_mounted()
    {
        const string overlay = "k8s/overlays/tls";
        var conf = Repository.Read($"{overlay}/listeners.conf");
        var pod = Yaml.ReadAll(Repository.Read($"{overlay}/deployment.yaml")).Single()["spec"]["template"]["spec"];
        var container = pod["containers"].Items.Single();
        var port = container["ports"].Items.First();
        Assert.Contains($"https://0.0.0.0:{port["containerPort"].Text}", conf, StringComparison.Ordinal);
        var service = Yaml.ReadAll(Repository.Read($"{overlay}/services.yaml")).Single()["spec"]["ports"].Items.First();
        Assert.Equal(port["name"].Text, service["targetPort"].Text);

        var mounts = container["volumeMounts"].Items.Select(mount => mount["mountPath"].Text).ToList();
        var paths = Regex.Matches(conf, "\"(/[a-z./]+)\"").Select(match => match.Groups[1].Value);
        Offenders.None(paths.Where(path => !mounts.Contains(Path.GetDirectoryName(path)!)));
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void A_balancer_reaches_chargers_only_and_passes_their_addresses_on(string folder)
    {
        var rendered = Rendered(folder);
        var balancer = Of(rendered, "Service").Single(each => each["spec"]["type"].Text == "LoadBalancer")["spec"];
        Assert.Equal("Local", balancer["externalTrafficPolicy"].Text);

        var container = Container(rendered);
        var settings = Of(rendered, "ConfigMap").Single()["data"];
        var file = container["env"].Items.Single(each => each["name"].Text == "MOOVOLT_CONFIG")["value"].Text;
        var conf = settings[Path.GetFileName(file)].Text;
        Assert.Contains("at-urls = nobody", conf, StringComparison.Ordinal);
        Assert.DoesNotContain("operators = on", conf, StringComparison.Ordinal);
        var listens = Regex.Matches(conf, @"url = ""https?://0\.0\.0\.0:(\d+)""").Select(match => match.Groups[1].Value);
        var reached = balancer["ports"].Items.Select(port => port["targetPort"].Text);
        var http = Regex.Match(Repository.Read("Dockerfile"), @"MOOVOLT_URLS=http://0\.0\.0\.0:(\d+)").Groups[1].Value;
        Assert.DoesNotContain(http, listens);
        Assert.Equal(
            listens.Order(),
            container["ports"].Items.Where(port => reached.Contains(port["name"].Text))
                .Select(port => port["containerPort"].Text).Order());
    }

    private static IEnumerable<Yaml> Of(IEnumerable<Yaml> rendered, string kind) =>
        rendered.Where(each => each["kind"].Text == kind);

    private static Yaml Workload(IEnumerable<Yaml> rendered) =>
        rendered.Single(each => each["kind"].Text is "Deployment" or "StatefulSet");

    private static Yaml Container(IEnumerable<Yaml> rendered) =>
        Workload(rendered)["spec"]["template"]["spec"]["containers"].Items.Single();

    private static IReadOnlyList<Yaml> Rendered(string folder)
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(each => Path.Combine(each, "kubectl")).FirstOrDefault(File.Exists);
        Needs.The(
            kubectl is not null, "kubectl 1.21 or newer",
            ".ci/run fetches one, or see kubernetes.io, Install Tools; Debian 12's kubernetes-client is too old");
        using var process = Process.Start(
            new ProcessStartInfo(kubectl!, ["kustomize", Path.Combine(Repository.Root, "k8s", folder)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var complaint = process.StandardError.ReadToEndAsync();
        var rendered = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complaint.Result);
        return Yaml.ReadAll(rendered);
    }
}
