using System.Globalization;
using System.Text.Json;

namespace Moovolt.Simulator.V16;

/// <summary>What a charger answers to one call of the server (OCPP 1.6, 5), and what it then does.</summary>
internal sealed class CallBook(Uplink line, string id, JsonElement payload, Controls controls)
{
    /// <summary>Answers first and acts afterwards, as chargers do: an Accepted is a promise.</summary>
    public async Task Answer(string action)
    {
        switch (action)
        {
            case "RemoteStartTransaction":
                var tag = payload.Text("idTag");
                var free = tag is null ? null : controls.Free(payload.Number("connectorId"));
                await Status(free is null ? "Rejected" : "Accepted");
                free?.Wish(new Driver(tag!, Remote: true)); // free is null when there is no tag
                break;
            case "RemoteStopTransaction":
                var running = controls.Where(
                    payload.Number("transactionId")?.ToString(CultureInfo.InvariantCulture));
                await Status(running is null ? "Rejected" : "Accepted");
                running?.Stop(StopCause.Remote);
                break;
            case "Reset":
                await Status("Accepted");
                controls.Restart(hard: payload.Text("type") == "Hard");
                break;
            case "UnlockConnector":
                var locked = payload.Number("connectorId") is > 0 and var number
                    ? controls.At(number).FirstOrDefault() : null;
                await Status(locked is null ? "NotSupported" : "Unlocked");
                locked?.Stop(StopCause.UnlockCommand);
                break;
            case "ChangeAvailability":
                await ChangeAvailability();
                break;
            case "GetConfiguration":
                await line.Respond(id, PrintSettings);
                break;
            case "ChangeConfiguration":
                await Status(controls.Settings.Change(payload.Text("key") ?? "", payload.Text("value") ?? ""));
                break;
            case "ClearCache":
                await Status("Accepted");
                break;
            case "DataTransfer":
                await Status(OwnTransfer.StatusOf(payload));
                break;
            default:
                await line.Refuse(id, "NotImplemented");
                break;
        }
    }

    private Task Status(string status) => line.Respond(id, json => json.WriteString("status", status));

    private async Task ChangeAvailability()
    {
        var meant = controls.At(payload.Number("connectorId"));
        var operative = payload.Text("type") == "Operative";
        var scheduled = meant.Any(outlet => outlet.IsCharging);
        await Status(meant.IsEmpty ? "Rejected" : scheduled && !operative ? "Scheduled" : "Accepted");
        foreach (var outlet in meant) outlet.Change(operative);
    }

    private void PrintSettings(Utf8JsonWriter json)
    {
        var asked = payload.Items("key").Select(key => key.ToString()).ToArray();
        var all = controls.Settings.All.ToArray();
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
}
