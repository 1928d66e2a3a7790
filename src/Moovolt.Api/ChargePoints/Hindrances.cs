using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Attempts;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;
using Moovolt.ReadModel.Commands;
using Moovolt.ReadModel.Reservations;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.ChargePoints;

/// <summary>What is looked at to tell why nothing charges: nothing but what is kept anyway.</summary>
/// <param name="LastRefused">The last handshake that failed, or what was said against a socket; null for none.</param>
/// <param name="Reservations">Those that are active.</param>
/// <param name="Commands">The latest first.</param>
/// <param name="Starts">Transactions, the latest first.</param>
/// <param name="Refused">Who was not to charge here lately, and still is not.</param>
/// <param name="Pulse">How well the node that answers can store.</param>
internal sealed record Scene(
    ChargePointRow Row,
    AttemptRow? LastRefused,
    ImmutableArray<ReservationRow> Reservations,
    ImmutableArray<ChargingProfileRow> Profiles,
    ImmutableArray<CommandRow> Commands,
    ImmutableArray<TransactionRow> Starts,
    ImmutableArray<Refusal> Refused,
    JournalPulse Pulse,
    DateTimeOffset Now)
{
    public string Self => $"/api/v1/charge-points/{Segment.Escape(Row.Id)}";
}

/// <summary>Why nothing charges at a charge point, the most hindering first. Pure.</summary>
internal static class Hindrances
{
    /// <summary>What somebody was refused longer ago is no news.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(24);

    public static IEnumerable<Hindrance> In(Scene scene) =>
    [
        .. OfTheNode(scene, "red"),
        .. OfTheCharger(scene),
        .. scene.Row.Connectors.OrderBy(plug => Rank(plug.Status)).ThenBy(plug => plug.Evse).SelectMany(plug => Of(plug, scene)),
        .. scene.Reservations.Where(kept => kept.ExpiresAt > scene.Now).Select(kept => Of(kept, scene)),
        .. ZeroLimits.In(scene.Profiles, scene.Now).Select(profile => Of(profile, scene)),
        .. OfStarts(scene),
        .. scene.Commands.Where(IsUnderWay).Select(Of),
        .. OfTheNode(scene, "yellow"),
    ];

    private static IEnumerable<Hindrance> OfTheNode(Scene scene, string state)
    {
        if (scene.Pulse.State != state) yield break;
        yield return new Hindrance(
            $"node-{state}",
            (state == "red" ? "The node that answers can store nothing, so no charger is answered by it. "
                : "Storing takes long on the node that answers, so it lets in no new charger. ") + scene.Pulse.Because,
            null,
            "Look after the database and its disk; chargers keep what they have to tell and come again.",
            "/api/v1/cluster");
    }

    private static IEnumerable<Hindrance> OfTheCharger(Scene scene)
    {
        var (row, link) = (scene.Row, scene.Row.Connection);
        if (row.Retired)
        {
            yield return new Hindrance(
                "retired", "It is taken out of service: no session of it is let in.", null,
                "Bring it back with PUT, if that is what you want.", scene.Self);
        }

        if (!link.Online) yield return Offline(scene);
        if (!row.Retired && row.Registration is "pending" or "rejected")
        {
            yield return new Hindrance(
                $"registration-{row.Registration}",
                $"Its BootNotification is answered {row.Registration}: it may not charge until an operator accepts it.",
                null,
                "PUT {\"registration\":\"accepted\"}; it asks again by itself, or after a reset.",
                scene.Self);
        }
        else if (link.Online && row.BootedAt is null)
        {
            yield return new Hindrance(
                "not-booted", "It is connected, and has never introduced itself (BootNotification), as it must first.",
                link.Since, "Wait a minute for it, or start it anew at the charger.", $"{scene.Self}/messages");
        }
    }

    private static Hindrance Offline(Scene scene)
    {
        var link = scene.Row.Connection;
        var seen = scene.Row.LastSeenAt ?? link.Since;
        var text = seen is { } at ? $"It is not connected; it was last seen at {Json.Rfc3339(at)}"
            + (link.Node is { } node ? $" by {node}" : "") + (link.CloseReason is { } why ? $" ({why})." : ".")
            : "It is not connected, and has never been.";
        return scene.LastRefused is { } refused && !(refused.At < link.Since)
            ? new Hindrance(
                "refused",
                $"{text} It tried at {Json.Rfc3339(refused.At)} from {refused.RemoteAddress}"
                    + (refused.Node is { } member ? $" at {member}" : "")
                    + (refused.Count > 1 ? $" ({refused.Count} times since {Json.Rfc3339(refused.FirstAt)})" : "")
                    + (refused.HttpStatus == StatusCodes.Status101SwitchingProtocols ? ", and its socket went wrong: "
                        : ", and was refused: ")
                    + refused.Reason,
                link.Since ?? refused.At,
                "Mend what it was refused for: its address, its password or certificate, or what is registered here.",
                $"/api/v1/connection-attempts?chargePoint={Segment.Escape(scene.Row.Id)}")
            : new Hindrance(
                "offline", text, link.Since,
                "It has not even tried since, as far as anybody here has seen: look after its power, its network and the address "
                + "that it is told to connect to.",
                scene.Self);
    }

    // OCPP's words; those of 1.6 say more than those of 2.x.
    private static int Rank(string status) => status switch
    {
        "Faulted" => 0,
        "Unavailable" => 1,
        "SuspendedEVSE" => 2,
        "Finishing" => 3,
        _ => 4,
    };

    private static IEnumerable<Hindrance> Of(ConnectorRow plug, Scene scene)
    {
        var place = plug.Evse == 0 ? "The charge point itself" : $"Connector {plug.Connector} of EVSE {plug.Evse}";
        var error = plug.ErrorCode is "NoError" or "" ? "" : $": {plug.ErrorCode}";
        var vendors = plug.VendorErrorCode is { Length: > 0 } code ? $" (vendor's code {code})" : "";
        var told = plug.Description is { Length: > 0 } text ? $" It says: {text}" : "";
        (string Code, string Text, string WhatToDo)? found = plug.Status switch
        {
            "Faulted" => ("connector-faulted", $"{place} is Faulted{error}{vendors}.{told}",
                "Have the cause removed at the charger; a reset often clears it."),
            "Unavailable" when plug.WishedOperative is false => ("connector-unavailable",
                $"{place} is Unavailable, as an operator asked.", "Bring it into use with change-availability."),
            "Unavailable" => ("connector-unavailable", $"{place} is Unavailable, and nobody here asked for that{error}{vendors}.{told}",
                "Bring it into use with change-availability; if that does not help, look at the charger."),
            "SuspendedEVSE" => ("suspended-by-charger", $"{place} is SuspendedEVSE: the charger gives no energy just now.",
                "Look at its charging profiles, and at what limits it on site."),
            "SuspendedEV" => ("suspended-by-car", $"{place} is SuspendedEV: the car takes no energy just now.",
                "Nothing here: the car is full, or waits for its own timer."),
            "Finishing" => ("connector-finishing", $"{place} is Finishing: the plug of the last session is still in.",
                "The plug must be pulled first."),
            _ => null,
        };
        if (found is { } hindrance)
            yield return new Hindrance(hindrance.Code, hindrance.Text, plug.At, hindrance.WhatToDo, $"{scene.Self}/messages");
        if (plug is { Scheduled: true, WishedOperative: false })
        {
            yield return new Hindrance(
                "availability-scheduled", $"{place} goes out of use as soon as its transaction is over, as an operator asked.",
                null, "Take that back with change-availability.", $"/api/v1/commands?chargePoint={Segment.Escape(scene.Row.Id)}");
        }
    }

    private static Hindrance Of(ReservationRow kept, Scene scene) => new(
        "reserved",
        (kept.Evse == 0 ? "One of its connectors" : $"Connector {kept.Connector} of EVSE {kept.Evse}")
            + $" is kept for {kept.Token} until {Json.Rfc3339(kept.ExpiresAt)}.",
        kept.MadeAt,
        $"Take it back with cancel-reservation, reservationId {kept.ReservationId}.",
        $"{scene.Self}/reservations?status=active");

    private static Hindrance Of(ChargingProfileRow profile, Scene scene) => new(
        "limit-zero",
        $"Charging profile {profile.Id} allows "
            + (profile.Evse == 0 ? "the whole charge point" : $"EVSE {profile.Evse}") + " no energy just now: its limit is 0.",
        profile.At,
        $"Replace it, or take it away with clear-charging-profile, id {profile.Id}.",
        $"{scene.Self}/charging-profiles");

    private static IEnumerable<Hindrance> OfStarts(Scene scene)
    {
        var charged = scene.Starts.FirstOrDefault(start => Refusal.IsAccepted(start.Verdict))?.StartArrivedAt;
        var asked = scene.Commands.FirstOrDefault(command => command.Action is "start-charging" && !IsUnderWay(command));
        if (asked is { State: RequestState.NoEffect or RequestState.Rejected or RequestState.Failed or RequestState.TimedOut }
            && !(asked.CreatedAt < charged) && scene.Now - asked.CreatedAt < Lately)
        {
            yield return new Hindrance(
                "start-without-effect",
                $"The last start that was asked of it came to nothing ({asked.State}). {asked.ErrorDescription}".TrimEnd(),
                asked.FinishedAt ?? asked.CreatedAt,
                "Mend what it says, and ask again.",
                $"/api/v1/commands/{asked.Id}");
        }

        foreach (var refused in scene.Refused)
        {
            yield return new Hindrance(
                "token-refused",
                $"{(refused.Token.Length > 0 ? $"Token {refused.Token}" : "Who named no token")} was answered {refused.Verdict}.",
                refused.At,
                "If it should charge: define it, unblock it, or let it expire later.", refused.More);
        }
    }

    private static bool IsUnderWay(CommandRow command) => command.State is RequestState.Sent or RequestState.Queued;

    private static Hindrance Of(CommandRow command) => new(
        "command-under-way",
        command.State == RequestState.Sent
            ? $"{command.Action} was sent to it, and it has not answered yet; whatever else is asked waits for that."
            : $"{command.Action} waits for it to come.",
        command.SentAt ?? command.CreatedAt,
        "Wait; one that is queued can be taken back.",
        $"/api/v1/commands/{command.Id}");
}
