using System.Globalization;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Field;

/// <summary>A node, and the words in which the field specs look at what became of a charger's messages.</summary>
public sealed class FieldNode : IAsyncLifetime
{
    public MoovoltProcess Node { get; private init; } = new();

    /// <summary>How long a test waits for what must come.</summary>
    public TimeSpan Soon { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>Another build of the program, or one in other surroundings.</summary>
    public static FieldNode Of(MoovoltProcess node, TimeSpan soon) => new() { Node = node, Soon = soon };

    public Uri Ocpp => Node.Ocpp;

    public Api Api { get; private set; } = null!; // once the node is up

    public async Task InitializeAsync()
    {
        await Node.Start().Ready();
        Api = Node.Api;
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();

    /// <summary>A moment that many minutes from now, as chargers write it.</summary>
    public static string At(double minutes) =>
        DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public async Task<JsonNode> Transaction(string chargePoint, int number, Func<JsonNode, bool>? fits = null) =>
        (await Eventually.Get(
            () => Api.Get($"transactions/{chargePoint}/{number}"),
            seen => seen.Body is { } body && body["id"] is not null && (fits is null || fits(body)),
            Soon)).Body!; // fits says so

    public Task<JsonNode> Ended(string chargePoint, int number) =>
        Transaction(chargePoint, number, seen => Word(seen, "state") == "ended");

    public Task<JsonNode> Annotated(string chargePoint, int number, string code) =>
        Transaction(chargePoint, number, seen => Codes(seen).Contains(code));

    public async Task<JsonNode> ChargePoint(string id, Func<JsonNode, bool>? fits = null) =>
        (await Eventually.Get(
            () => Api.Get($"charge-points/{id}"),
            seen => seen.Body is { } body && body["id"] is not null && (fits is null || fits(body)),
            Soon)).Body!; // fits says so

    /// <summary>The charger's transactions, once there are so many.</summary>
    public Task<IReadOnlyList<JsonNode>> Transactions(string chargePoint, int count) => Eventually.Get(
        () => Api.All($"transactions?chargePoint={chargePoint}"), seen => seen.Count >= count, Soon);

    public static IReadOnlyList<string> Codes(JsonNode transaction) =>
        [.. transaction["annotations"]!.AsArray().Select(odd => odd!["code"]!.GetValue<string>())];

    public static string Detail(JsonNode transaction, string code) => transaction["annotations"]!.AsArray()
        .First(odd => odd!["code"]!.GetValue<string>() == code)!["detail"]!.GetValue<string>();

    public static string? Word(JsonNode node, string member) => node[member]?.GetValue<string>();

    public static long? Number(JsonNode node, string member) => node[member]?.GetValue<long>();

    public static bool Is(JsonNode node, string member) => node[member]!.GetValue<bool>();
}
