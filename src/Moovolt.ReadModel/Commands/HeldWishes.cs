using System.Text.Json;
using System.Text.Json.Nodes;
using Moovolt.Domain.ChargePoints;
using static Moovolt.ReadModel.Commands.Wishes;

namespace Moovolt.ReadModel.Commands;

/// <summary>Wishes about what a charger holds, in the words of their commands: see <see cref="Wishes"/>.</summary>
internal static class HeldWishes
{
    public static string Write(StationRequest wish) => wish switch
    {
        ReadHeld read => Print(
        [
            .. Names(read.Kind == HeldKind.Monitor ? "keys" : "ids", read.Only), .. Place(read.Place),
            .. read.Number > 0 ? [("requestId", (JsonNode?)read.Number)] : Array.Empty<(string, JsonNode?)>(),
        ]),
        ReleaseHeld release => Print(
            [.. Names("ids", release.Ids), .. Place(release.Place), .. Given("group", release.Group)]),
        SetMonitors set => Print(
        [
            ("monitors", new JsonArray([.. set.Monitors.Select(Monitor)])),
            .. set.Rest.IsEmpty ? [] : new (string, JsonNode?)[] { ("later", List(set.Rest.Select(monitor => monitor.Key))) },
        ]),
        SetMonitoring set => Print([.. Given("base", set.Preset), .. Given("severity", set.Severity)]),
        ReadCustomer read => Print(
        [
            .. Given("token", read.Token), .. Given("customer", read.Customer), ("report", read.Report),
            ("clear", read.Clear), ("requestId", read.Number),
        ]),
        ShowMessage show => Print(
        [
            ("id", show.Id), ("text", show.Text), ("priority", show.Priority), ("format", show.Format),
            .. Given("language", show.Language), .. Given("state", show.State), .. Optional("from", show.From),
            .. Optional("to", show.To), .. Given("transaction", show.Transaction),
        ]),
        SetTariff set => Print(
        [
            .. set.Transaction is null ? [("evse", set.Place.Evse)] : Given("transaction", set.Transaction),
            ("tariff", AsGiven(set.Tariff)),
        ]),
        SetDerControl set => Print([("control", AsGiven(set.Control))]),
        ShowCost show => Print([("transaction", show.Transaction), ("total", show.Total)]),
        UsePriority use => Print([("transaction", use.Transaction), ("activate", use.Activate)]),
        AllowEnergyTransfer allow => Print([("transaction", allow.Transaction), ("ways", List(allow.Ways))]),
        SignalGrid signal => Print([.. Optional("at", signal.SignalAt), ("signal", signal.Signal)]),
        UpdateSchedule update => Print(
        [
            ("profileId", update.ProfileId), .. Given("limit", update.Limit), .. Given("setpoint", update.Setpoint),
            .. Given("dischargeLimit", update.DischargeLimit),
        ]),
        _ => throw new InvalidOperationException($"No words for {wish.GetType().Name}"),
    };

    private static IEnumerable<(string, JsonNode?)> Names(string member, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? [] : [(member, List(names))];

    // An operator's object; what is none was never sent to a charger, and is shown as the text that it is.
    private static JsonNode? AsGiven(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static JsonObject Monitor(VariableMonitor monitor)
    {
        var told = new JsonObject
        {
            ["key"] = monitor.Key,
            ["type"] = monitor.Kind,
            ["value"] = monitor.Value,
            ["severity"] = monitor.Severity,
            ["transaction"] = monitor.InTransaction,
        };
        if (monitor.Id is { } id) told["id"] = id;
        return told;
    }
}
