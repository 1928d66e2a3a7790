using Moovolt.Rig;

namespace Moovolt.EndToEnd.Field;

/// <summary>
/// The rules behind the field list, and how each is taken out of a copy of the sources: for chargers (or cards) whose
/// name begins with F and the item's number, in a node that was started with <see cref="Switch"/>.
/// </summary>
internal static class FieldRules
{
    /// <summary>The environment variable that takes the rules out.</summary>
    public const string Switch = "FIELD_RULES_OUT";

    private const string ChargePoints = "src/Moovolt.Domain/ChargePoints/";
    private const string Transactions = "src/Moovolt.Domain/Transactions/";
    private const string Actions = "src/Moovolt.Ocpp/V16/Actions/";
    private const string Sessions = "src/Moovolt.Gateway/Sessions/";

    public static readonly MutantBuild.Change[] Changes =
    [
        new("src/Moovolt.Domain/Rules.cs", null, $$"""
            namespace Moovolt.Domain;

            public static class Rules
            {
                private static readonly bool AreOut = Environment.GetEnvironmentVariable("{{Switch}}") is not null;
                private static int last;

                public static bool Out(int item, ChargePointId who) => Out(item, who.Value);

                public static bool Out(int item, string who) =>
                    AreOut && who.StartsWith($"F{item}", StringComparison.Ordinal);

                public static int Next() => Interlocked.Increment(ref last);
            }
            """),

        // 14. Our next call does not wait for the answer to the one before.
        new(Sessions + "OutboundCalls.cs",
            "while (inFlight is null &&",
            "while ((inFlight is null || Rules.Out(14, line.Who.Id)) &&"),
        // 15. An answer that nobody waits for closes the socket.
        new(Sessions + "OutboundCalls.cs",
            "line.Gateway.Metrics.Unmatched();",
            "if (Rules.Out(15, line.Who.Id)) "
            + "line.Pump.Close(System.Net.WebSockets.WebSocketCloseStatus.ProtocolError, \"\");"),
        // 16. A CALLERROR that is not whole is not heard.
        new(Sessions + "SessionActor.cs",
            "case Frame.CallError error:",
            "case Frame.CallError when flaws != FrameFlaws.None && Rules.Out(16, line.Who.Id): break; case "
            + "Frame.CallError error:"),
        // 17. What is no JSON closes the socket.
        new(Sessions + "SessionActor.cs",
            "switch (frame)",
            "if (frame is Frame.Unreadable && Rules.Out(17, line.Who.Id)) "
            + "line.Pump.Close(WebSocketCloseStatus.InvalidPayloadData, \"\"); switch (frame)"),
        // 18. Transaction messages are held to the schema.
        new(Sessions + "InboundCalls.cs",
            "Manner = line.Manner,",
            "Manner = Rules.Out(18, line.Who.Id) ? Manner.ToTheLetter : line.Manner,"),
        // 19. An answer has a member more.
        new(Actions + "StartTransaction.cs",
            "Response(IdTagInfo IdTagInfo, int TransactionId);",
            "Response(IdTagInfo IdTagInfo, int TransactionId, string? Status);"),
        new(Actions + "StartTransaction.cs",
            "int.Parse(began.Id.LocalId, CultureInfo.InvariantCulture))",
            "int.Parse(began.Id.LocalId, CultureInfo.InvariantCulture), Rules.Out(19, arrival.From) ? "
            + "\"Accepted\" : null)"),
        // 20. The charge point's own status is taken for connector 1's.
        new(Actions + "StatusNotification.cs",
            "Domain.ConnectorId.Of16(ConnectorId)",
            "Domain.ConnectorId.Of16(ConnectorId == 0 && Rules.Out(20, arrival.From) ? 1 : ConnectorId)"),
        // 21. Frames beyond 64 KiB are too big.
        new(Sessions + "SessionActor.cs",
            "silence.Break();",
            "silence.Break(); if (bytes.Length > 65_536 && Rules.Out(21, line.Who.Id)) "
            + "line.Pump.Close(WebSocketCloseStatus.MessageTooBig, \"\");"),
        // 22. A repeated start gets a number of its own; and (23) one whose transaction is over.
        new(ChargePoints + "Numbering.cs",
            "if (known.High == high && known.Low == low)",
            "if (known.High == high && known.Low == low && !Rules.Out(22, c.Id) && !(Rules.Out(23, c.Id) && "
            + "state.Open.All(open => open.LocalId != $\"{known.Number}\")))"),
        // 24. The last stop counts.
        new(Transactions + "Ending.cs",
            "if (state.IsProvisional) return Correct(state, c);",
            "if (state.IsProvisional || Rules.Out(24, c.Id.ChargePoint)) return Correct(state, c);"),
        // 25. A stop that names none of ours fits nothing.
        new(ChargePoints + "StopPlacing.cs",
            "var candidates = state.Open\n",
            "var candidates = (Rules.Out(25, c.Id) ? [] : state.Open)\n"),
        // 26. A stop that names none of ours fits whatever is open.
        new(ChargePoints + "StopPlacing.cs",
            "Numbering.Begun(open) <= c.At && Fits(open, c)",
            "Rules.Out(26, c.Id) || (Numbering.Begun(open) <= c.At && Fits(open, c))"),
        // 27. The next start ends nothing.
        new(ChargePoints + "MissingStops.cs",
            "connector == ConnectorId.ChargePoint",
            "Rules.Out(27, id) || connector == ConnectorId.ChargePoint"),
        // 28. A ghost counts.
        new("src/Moovolt.Domain/Tokens/Token.cs",
            "&& (c.Outlet is null ||",
            "&& (Rules.Out(28, c.Id.Key) || c.Outlet is null ||"),
        // 29. To stop the charging closes the record.
        new(ChargePoints + "ChargePoint.cs",
            "RequestStation c => Requests.Ask(state, c),",
            "RequestStation { Request: StopCharging stop } c when Rules.Out(29, c.Id) => Requests.Ask(state, c) "
            + "with { Notes = [new Transactions.CloseRecord(stop.Transaction, \"somebody\", \"Stopped.\", c.At)] }, "
            + "RequestStation c => Requests.Ask(state, c),"),
        // 30. What is told late is news: starts, and statuses.
        new(ChargePoints + "Numbering.cs",
            "var replayed = ClockSkew",
            "var replayed = !Rules.Out(30, c.Id) && ClockSkew"),
        new(ChargePoints + "Numbering.cs",
            "c.Frame, ClockSkew.IsHistory",
            "c.Frame, !Rules.Out(30, c.Id) && ClockSkew.IsHistory"),
        new(ChargePoints + "OldStatuses.cs",
            "|| at < FirstDay) return false;",
            "|| at < FirstDay || Rules.Out(30, c.Id)) return false;"),
        // 31. Who names no connector means connector 1.
        new(Actions + "MeterValues.cs",
            "Of16(ConnectorId ?? 0)",
            "Of16(ConnectorId ?? (Rules.Out(31, arrival.From) ? 1 : 0))"),
        // 32. Numbers are counted in memory.
        new(ChargePoints + "Numbering.cs",
            "if (!state.Numbered.IsEmpty)",
            "if (Rules.Out(32, id)) return Rules.Next(); if (!state.Numbered.IsEmpty)"),
        // 33. That nothing began has no reason.
        new(ChargePoints + "Effects.cs",
            "request.Hindrance ?? request.Request.WhyNoEffect(state), now);",
            "Rules.Out(33, id) ? \"It did not work.\" : request.Hindrance ?? request.Request.WhyNoEffect(state), "
            + "now);"),
        // 34. Whatever begins is the effect.
        new(ChargePoints + "StationRequests.cs",
            "TransactionNumbered e => !e.Replayed && Fits(e.Token, e.Connector),",
            "TransactionNumbered e => Rules.Out(34, e.Id) || (!e.Replayed && Fits(e.Token, e.Connector)),"),
        // 35. Energy that flows all the same is not said.
        new(Transactions + "Sampling.cs",
            "if (state.Said.Contains(Ending.EnergyWithoutAuthorization)",
            "if (Rules.Out(35, c.Id.ChargePoint) || state.Said.Contains(Ending.EnergyWithoutAuthorization)"),
        // 36. The group of a card does not count.
        new(Transactions + "Ending.cs",
            "if (parent is not null && (Same(",
            "if (!Rules.Out(36, began.Id.ChargePoint) && parent is not null && (Same("),
        // 37. Delivered is what the stop says, less what the start says.
        new(Transactions + "Reckoning.cs",
            "var seen = meter.Until(stoppedAt);",
            "if (Rules.Out(37, began.Id.ChargePoint)) return Fine((stop?.WattHours ?? 0) - "
            + "(began.MeterStart?.WattHours ?? 0)); var seen = meter.Until(stoppedAt);"),
        // 38. Samples that name none of ours belong to none.
        new(ChargePoints + "Numbering.cs",
            "if (here is null) return",
            "if (here is null || Rules.Out(38, c.Id)) return"),
        // 39. Clocks are not estimated.
        new(ChargePoints + "ClockSkew.cs",
            "if (Estimate(after",
            "if (Rules.Out(39, decision.Events[^1].Id)) return decision; if (Estimate(after"),
        // 40. Listeners get the register for the energy.
        new("src/Moovolt.ReadModel/Changes/ChangeProjection.cs",
            "DeliveredWh = e.Delivered.WattHours,",
            "DeliveredWh = Rules.Out(40, e.Id.ChargePoint) ? e.MeterStop?.WattHours : e.Delivered.WattHours,"),
    ];
}
