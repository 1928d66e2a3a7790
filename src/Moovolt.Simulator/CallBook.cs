using System.Collections.Immutable;
using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>What a charger answers when the server calls it (OCPP 1.6, 5), and what it then does.</summary>
internal sealed class CallBook(SimulatedCharger charger, ImmutableArray<Outlet> outlets)
{
    /// <summary>Answers first and acts afterwards, as chargers do: an Accepted is a promise.</summary>
    public async Task Answer(Uplink line, string id, string action, JsonElement payload)
    {
        switch (action)
        {
            case "RemoteStartTransaction":
                var tag = Text(payload, "idTag");
                var free = tag is null ? null : Free(Number(payload, "connectorId"));
                await Status(line, id, free is null ? "Rejected" : "Accepted");
                free?.Wish(tag!); // free is null when there is no tag
                break;
            case "RemoteStopTransaction":
                var running = Number(payload, "transactionId") is { } transaction
                    ? outlets.FirstOrDefault(outlet => outlet.Session?.TransactionId == transaction)
                    : null;
                await Status(line, id, running is null ? "Rejected" : "Accepted");
                running?.Stop("Remote");
                break;
            case "Reset":
                await Status(line, id, "Accepted");
                _ = charger.Restart(hard: Text(payload, "type") == "Hard"); // needs this connection's reader to end
                break;
            case "UnlockConnector":
                var locked = outlets.FirstOrDefault(outlet => outlet.Number == Number(payload, "connectorId"));
                await Status(line, id, locked is null ? "NotSupported" : "Unlocked");
                locked?.Stop("UnlockCommand");
                break;
            case "ChangeAvailability":
                await ChangeAvailability(line, id, payload);
                break;
            case "GetConfiguration":
                await line.Respond(id, json => PrintSettings(json, payload));
                break;
            case "ChangeConfiguration":
                await Status(
                    line, id, charger.Settings.Change(Text(payload, "key") ?? "", Text(payload, "value") ?? ""));
                break;
            case "ClearCache":
                await Status(line, id, "Accepted");
                break;
            case "DataTransfer":
                await Status(line, id, "UnknownVendorId");
                break;
            default:
                await line.Refuse(id, "NotImplemented");
                break;
        }
    }

    private static Task Status(Uplink line, string id, string status) =>
        line.Respond(id, json => json.WriteString("status", status));

    private Outlet? Free(int? connector) =>
        outlets.FirstOrDefault(outlet => outlet.IsFree && (connector is null || outlet.Number == connector));

    private async Task ChangeAvailability(Uplink line, string id, JsonElement payload)
    {
        var connector = Number(payload, "connectorId") ?? 0;
        var meant = outlets.Where(outlet => connector == 0 || outlet.Number == connector).ToArray();
        var operative = Text(payload, "type") == "Operative";
        var scheduled = meant.Any(outlet => outlet.IsCharging);
        await Status(line, id, meant.Length == 0 ? "Rejected" : scheduled && !operative ? "Scheduled" : "Accepted");
        foreach (var outlet in meant) outlet.Change(operative);
    }

    private void PrintSettings(Utf8JsonWriter json, JsonElement payload)
    {
        var asked = payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("key", out var keys)
            && keys.ValueKind == JsonValueKind.Array
            ? keys.EnumerateArray().Select(key => key.ToString()).ToArray()
            : [];
        var all = charger.Settings.All.ToArray();
        json.WriteStartArray("configurationKey");
        foreach (var (key, readOnly, value) in all.Where(setting => asked.Length == 0 || asked.Contains(setting.Key)))
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteBoolean("readonly", readOnly);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unknownKey");
        foreach (var unknown in asked.Except(all.Select(setting => setting.Key))) json.WriteStringValue(unknown);
        json.WriteEndArray();
    }

    private static string? Text(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static int? Number(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) ? number : null;
}
