using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Compliance;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Actions;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>What a charger holds, kind by kind: which action asks for it or takes it away, and how things are written down.</summary>
internal static class HeldThings
{
    /// <summary>The group of what holds for whoever has nothing of his own.</summary>
    public const string Default = "default";

    private const string Scheduled = "scheduled";

    public static Wording Read(ReadHeld request)
    {
        switch (request.Kind)
        {
            case HeldKind.Monitor:
                if (request.Only.FirstOrDefault(key => Keys.Read(key) is null) is { } wrong)
                    return Wording.Impossible(Keys.Unreadable(wrong));
                return Wording.Of(new GetMonitoringReport(
                    request.Number,
                    request.Only.IsEmpty ? null
                        : [.. request.Only.Select(Keys.Read).OfType<Key>()
                            .Select(key => new ComponentVariable(key.Component, key.Variable))]));
            case HeldKind.DisplayMessage:
                return Numbers(request.Only) is { } ids
                    ? Wording.Of(new GetDisplayMessages(request.Number, ids.IsEmpty ? null : ids))
                    : Wording.Impossible("Messages on a display have numbers.");
            case HeldKind.Tariff:
                return Wording.Of(new GetTariffs(request.Place?.Evse ?? 0));
            default:
                return Wording.Of(new GetDERControl(request.Number, ControlId: request.Only.FirstOrDefault()));
        }
    }

    public static Wording Release(ReleaseHeld request)
    {
        switch (request.Kind)
        {
            case HeldKind.Monitor:
                return Numbers(request.Ids) is { IsEmpty: false } monitors
                    ? Wording.Of(new ClearVariableMonitoring(monitors))
                    : Wording.Impossible("Monitors have numbers.");
            case HeldKind.DisplayMessage:
                return Numbers(request.Ids) is [var message]
                    ? Wording.Of(new ClearDisplayMessage(message))
                    : Wording.Impossible("One message is cleared at a time, by its number.");
            case HeldKind.Tariff:
                return Wording.Of(new ClearTariffs(
                    request.Ids.IsEmpty ? null : request.Ids, request.Place is { Evse: > 0 } at ? at.Evse : null));
            default:
                var words = (request.Group ?? "").Split(' ', 2);
                return Wording.Of(new ClearDERControl(
                    words[0] == Default,
                    words.Length > 1 ? words[1] : null,
                    request.Ids.FirstOrDefault()));
        }
    }

    /// <summary>What a charger says to being asked what it holds: that a report comes, or that there is nothing.</summary>
    /// <param name="whole">All of the kind was asked for.</param>
    /// <param name="nothing">The action's own word for having none.</param>
    public static StationAnswer Told(Heard heard, HeldKind kind, int number, bool whole, string nothing) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted, Outcome: new HeldComing(number, whole)),
        { } word when word == nothing => new(RequestState.Accepted, Outcome: new NowHeld(kind, [], whole)),
        "NotSupported" => new(RequestState.Rejected, null, "NotSupported", "The charger makes no such report."),
        _ => heard.Judge(),
    };

    /// <summary>The charger took one thing, or says why not.</summary>
    public static StationAnswer Taken(Heard heard, HeldThing thing) => Answers.Judge(heard, "Accepted") is var answer
        && answer.State == RequestState.Accepted ? answer with { Outcome = new NowHeld(thing.Kind, [thing]) } : Named(answer, heard);

    /// <summary>A no that says its own word.</summary>
    public static StationAnswer Named(StationAnswer answer, Heard heard) => answer with
    {
        ErrorCode = heard.Status, ErrorDescription = $"The charger says {heard.Status}.",
    };

    public static HeldThing Of(VariableMonitor monitor, int id, string? notification = null) => new(
        HeldKind.Monitor,
        id.ToString(CultureInfo.InvariantCulture),
        Keys.Read(monitor.Key) is { } key ? Places.Of(key.Component.Evse) ?? ConnectorId.ChargePoint : ConnectorId.ChargePoint,
        Print(new
        {
            monitor.Key, Type = monitor.Kind, monitor.Value, monitor.Severity, Transaction = monitor.InTransaction, notification,
        }),
        Severity: monitor.Severity);

    public static HeldThing Of(MessageInfo message) => new(
        HeldKind.DisplayMessage,
        message.Id.ToString(CultureInfo.InvariantCulture),
        Places.Of(message.Display?.Evse) ?? ConnectorId.ChargePoint,
        Print(new
        {
            Text = message.Message?.Content, message.Message?.Format, message.Message?.Language, message.Priority,
            message.State, From = message.StartDateTime, To = message.EndDateTime, Transaction = message.TransactionId,
        }));

    public static HeldThing Of(string control, string type, bool? isDefault, object body) => new(
        HeldKind.DerControl, control, ConnectorId.ChargePoint, Print(body), isDefault is { } flag ? Group(flag, type) : null);

    /// <summary>A thing that is one transaction's.</summary>
    public static HeldThing OfTransaction(HeldKind kind, string transaction, object body) =>
        new(kind, transaction, ConnectorId.ChargePoint, Print(body));

    /// <summary>Controls of the grid code by whether they always hold, and by type.</summary>
    public static string Group(bool isDefault, string? type) => (isDefault ? Default : Scheduled) + (type is null ? "" : $" {type}");

    /// <summary>A record of the wire, or words of ours, as JSON.</summary>
    public static string Print(object body) => Encoding.UTF8.GetString(Payloads.Print(body));

    /// <summary>An operator's JSON as a record of the wire.</summary>
    /// <param name="wrong">What the schema has against it; null when nothing.</param>
    public static T? Parse<T>(string json, out string? wrong)
        where T : class
    {
        var objections = new Objections(Manner.ToTheLetter);
        var read = (T?)Shapes.Of(typeof(T), OcppVersion.V21).Read(JsonElement.Parse(json), objections);
        wrong = objections.All.Select(objection => $"{objection}.").FirstOrDefault();
        return read;
    }

    // Null when one of them is none.
    private static ImmutableArray<int>? Numbers(ImmutableArray<string> ids)
    {
        var numbers = ids.Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToList();
        return numbers.Contains(-1) ? null : [.. numbers];
    }
}
