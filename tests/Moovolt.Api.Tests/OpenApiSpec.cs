using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Api.Tests;

public sealed partial class OpenApiSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_document_is_as_it_was_accepted()
    {
        var document = (await Document()).ToJsonString(Readable) + "\n";
        var stored = Path.Combine(Here(), "openapi", "v1.json");
        if (Environment.GetEnvironmentVariable("MOOVOLT_ACCEPT_OPENAPI") == "1") await File.WriteAllTextAsync(stored, document);

        Assert.True(
            await File.ReadAllTextAsync(stored) == document,
            "The contract changed. Look at the difference after a run with MOOVOLT_ACCEPT_OPENAPI=1; programs depend on it.");
    }

    [Fact]
    public async Task It_is_OpenAPI_3_1_and_names_no_server() // it is the same document on every node
    {
        var document = await Document();

        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["operatorKey"]!["scheme"]!.GetValue<string>());
        Assert.True(document["servers"] is null or JsonArray { Count: 0 });
    }

    [Fact]
    public async Task Every_route_says_what_it_does_who_may_and_how_it_refuses()
    {
        var poor = new List<string>();
        foreach (var (route, operation) in await Operations())
        {
            if (operation["summary"] is null) poor.Add($"{route}: no summary");
            if (operation["operationId"] is null) poor.Add($"{route}: no operationId");
            if (operation["security"] is not JsonArray { Count: > 0 }) poor.Add($"{route}: no security");
            var refusals = operation["responses"]!.AsObject().Where(response => response.Key[0] is '4' or '5').ToArray();
            if (refusals.All(response => response.Key != "401")) poor.Add($"{route}: no 401");
            poor.AddRange(refusals
                .Where(response => response.Value!["content"]?["application/problem+json"] is null)
                .Select(response => $"{route}: {response.Key} is no problem"));
        }

        Assert.Empty(poor);
    }

    [Fact]
    public async Task Every_route_of_the_contract_is_there()
    {
        string[] contract =
        [
            "PUT /api/v1/charge-points/{id}", "GET /api/v1/charge-points/{id}", "DELETE /api/v1/charge-points/{id}",
            "GET /api/v1/charge-points", "GET /api/v1/charge-points/{id}/messages",
            "POST /api/v1/charge-points/{id}/calls/{action}",
            .. Verbs.Select(verb => $"POST /api/v1/charge-points/{{id}}/commands/{verb}"),
            "GET /api/v1/commands/{commandId}", "GET /api/v1/commands", "DELETE /api/v1/commands/{commandId}",
            "GET /api/v1/transactions", "GET /api/v1/transactions/{chargePoint}/{localId}",
            "GET /api/v1/transactions/{chargePoint}/{localId}/samples",
            "PUT /api/v1/tokens/{idToken}", "GET /api/v1/tokens/{idToken}", "DELETE /api/v1/tokens/{idToken}", "GET /api/v1/tokens",
            "GET /api/v1/connection-attempts", "GET /api/v1/cluster", "GET /api/v1/events",
        ];

        Assert.Empty(contract.Except((await Operations()).Select(operation => operation.Route)));
    }

    [Fact]
    public async Task No_route_is_open_to_strangers()
    {
        foreach (var (route, _) in await Operations())
        {
            var (method, path) = (route.Split(' ')[0], Parameter().Replace(route.Split(' ')[1], "x"));
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            using var response = await bridge.Stranger().SendAsync(request);
            Assert.True((int)response.StatusCode == 401, $"{route} answers a stranger {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task The_page_for_people_needs_no_key_and_nobody_elses_server()
    {
        using var response = await bridge.Stranger().GetAsync(new Uri("/docs", UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();

        Assert.Contains("connect-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("Moovolt", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"https?://", page);
        Assert.Equal(200, (int)(await bridge.Stranger().GetAsync(new Uri("/docs/scalar.js", UriKind.Relative))).StatusCode);
    }

    private static readonly string[] Verbs =
    [
        "start-charging", "stop-charging", "reset", "unlock", "change-availability", "get-configuration", "set-configuration",
        "clear-cache", "data-transfer",
    ];

    private async Task<JsonObject> Document() =>
        JsonNode.Parse(await bridge.Stranger().GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject();

    private async Task<IReadOnlyList<(string Route, JsonNode Operation)>> Operations() =>
    [
        .. from path in (await Document())["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!),
    ];

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
