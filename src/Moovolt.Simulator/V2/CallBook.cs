using System.Text.Json;

namespace Moovolt.Simulator.V2;

/// <summary>What a charger answers to one call of the server (OCPP 2.0.1, part 2), and what it then does.</summary>
internal sealed class CallBook(Uplink line, string id, JsonElement payload, Controls controls)
{
    /// <summary>Answers first and acts afterwards, as chargers do: an Accepted is a promise.</summary>
    public Task Answer(string action) => action switch
    {
        "RequestStartTransaction" => Start(),
        "RequestStopTransaction" => Stop(),
        "GetTransactionStatus" => TellTransaction(),
        "Reset" => Reset(),
        "UnlockConnector" => Unlock(),
        "ChangeAvailability" => ChangeAvailability(),
        "GetVariables" => line.Respond(id, json => Variables.Get(json, payload, controls.Settings)),
        "SetVariables" => line.Respond(id, json => Variables.Set(json, payload, controls.Settings)),
        "GetBaseReport" => Report(),
        "ClearCache" => Status("Accepted"),
        "DataTransfer" => Status(OwnTransfer.StatusOf(payload)),
        _ => line.Refuse(id, "NotImplemented"),
    };

    private Task Status(string status) => line.Respond(id, json => json.WriteString("status", status));

    private async Task Start()
    {
        var tag = payload.Member("idToken")?.Text("idToken");
        var free = tag is null ? null : controls.Free(payload.Number("evseId"));
        await Status(free is null ? "Rejected" : "Accepted");
        free?.Wish(new Driver(tag!, Remote: true, payload.Number("remoteStartId"))); // free is null without a tag
    }

    private async Task Stop()
    {
        var running = controls.Where(payload.Text("transactionId"));
        await Status(running is null ? "Rejected" : "Accepted");
        running?.Stop(StopCause.Remote);
    }

    // What goes on is told of the transaction that is named; of none it is not (OCPP 2.0.1, E14).
    private Task TellTransaction() => line.Respond(id, json =>
    {
        var transaction = payload.Text("transactionId");
        if (transaction is not null) json.WriteBoolean("ongoingIndicator", controls.Where(transaction) is not null);
        json.WriteBoolean("messagesInQueue", controls.Owes(transaction));
    });

    private async Task Reset()
    {
        var waits = payload.Text("type") == "OnIdle" && controls.At(null).Any(outlet => outlet.IsCharging);
        await Status(waits ? "Scheduled" : "Accepted");
        if (waits) controls.RestartWhenIdle();
        else controls.Restart(hard: payload.Text("type") == "Immediate");
    }

    // A connector that charges for somebody stays locked (OCPP 2.0.1, F05.FR.02).
    private Task Unlock()
    {
        var locked = payload.Number("evseId") is > 0 and var evse && payload.Number("connectorId") == 1
            ? controls.At(evse).FirstOrDefault() : null;
        return Status(
            locked is null ? "UnknownConnector" : locked.IsCharging ? "OngoingAuthorizedTransaction" : "Unlocked");
    }

    private async Task ChangeAvailability()
    {
        var meant = controls.At(payload.Member("evse")?.Number("id"));
        var operative = payload.Text("operationalStatus") == "Operative";
        var scheduled = meant.Any(outlet => outlet.IsCharging);
        await Status(meant.IsEmpty ? "Rejected" : scheduled && !operative ? "Scheduled" : "Accepted");
        foreach (var outlet in meant) outlet.Change(operative);
    }

    private async Task Report()
    {
        var number = payload.Number("requestId");
        await Status(number is null ? "Rejected" : "Accepted");
        if (number is { } request) controls.Say(new NotifyReport(request, controls.Settings));
    }
}
