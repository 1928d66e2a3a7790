using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Compliance;
using Moovolt.Ocpp.Schemas;
using Terms16 = Moovolt.Ocpp.V16.Terms;
using Terms2 = Moovolt.Ocpp.V2.Terms;

namespace Moovolt.Ocpp;

/// <summary>One version of OCPP as we speak it: from frames to commands, from wishes to calls. Pure, and shared by all sessions.</summary>
public sealed class Dialect
{
    private const int LongestDetail = 255;

    private readonly DialectTerms terms;

    private Dialect(DialectTerms terms) => this.terms = terms;

    public static Dialect V16 { get; } = new(Terms16.Of16J);

    public static Dialect V201 { get; } = new(Terms2.Of201);

    public static Dialect V21 { get; } = new(Terms2.Of21);

    /// <summary>Every dialect that we speak, the oldest first.</summary>
    public static IReadOnlyList<Dialect> All { get; } = [V16, V201, V21];

    public string Subprotocol => terms.Subprotocol;

    /// <summary>As people write it: "OCPP 2.0.1".</summary>
    public string Name => terms.Name;

    public OcppVersion Version => terms.Version;

    public Framing Framing => terms.Framing;

    /// <summary>Characters that a token may have in this version: 20, 36 or 255 (OCPP 1.6, 7.26; 2.x, IdTokenType).</summary>
    public int LongestToken => terms.LongestToken;

    /// <summary>The dialect that a charger offers, in any case and with blanks around it; null when we do not speak it.</summary>
    public static Dialect? Find(string subprotocol)
    {
        var offered = subprotocol.AsSpan().Trim();
        foreach (var dialect in All)
        {
            if (offered.Equals(dialect.Subprotocol, StringComparison.OrdinalIgnoreCase)) return dialect;
        }

        return null;
    }

    /// <summary>Whether a call of that name is kept by the charger until it is answered: it is never answered with a fault.</summary>
    public bool IsTransactionMessage(string action) => FromCharger(action) is { IsTransactionMessage: true };

    /// <summary>Whether a charger may send it before its boot is accepted.</summary>
    public bool MayPrecedeAcceptance(string action) => FromCharger(action) is { MayPrecedeAcceptance: true };

    public Step Handle(Frame.Call call, Arrival arrival) => Handle(call, arrival, out _);

    /// <summary>What to do about a call. Everything that it may know besides the payload is in the arrival.</summary>
    /// <param name="deviations">What the charger did not keep to; of one rule one.</param>
    public Step Handle(Frame.Call call, Arrival arrival, out ImmutableArray<Deviation> deviations)
    {
        deviations = [];
        if (FromCharger(call.Action) is not { } action) return NotDone(call.Action, out deviations);
        if (call.Payload.ValueKind != JsonValueKind.Object)
        {
            deviations = [new Deviation(RuleBook.PayloadNoObject, $"{action.Name}: the payload must be an object.")];
            return Fail(terms.Codes.Format, "The payload must be an object");
        }

        var manner = arrival.Manner;
        var objections = new Objections(manner);
        var record = (IChargerCall?)action.Request.Read(call.Payload, objections)
            ?? throw new InvalidOperationException($"{action.Name}: an object gave no record");
        if (action.KeepsPayload || record.KeepsPayload) arrival = arrival with { Frame = call.Payload.GetRawText() };
        if (objections.IsEmpty) return record.Handle(arrival);

        deviations = Deviations(action.Name, objections);
        if (FaultOf(action, objections, manner) is { } fault) return Fail(CodeFor(fault.Kind), $"{fault}");
        return objections.Faults.Any()
            ? record.Handle(arrival with { Oddities = Oddities(objections), Frame = call.Payload.GetRawText() })
            : record.Handle(arrival);
    }

    /// <summary>What is in a message that is not answered; null when it is none that is known, or cannot be read.</summary>
    /// <param name="deviations">What the charger did not keep to; of one rule one.</param>
    public Step.Respond? Handle(Frame.Send send, Arrival arrival, out ImmutableArray<Deviation> deviations)
    {
        if (FromCharger(send.Action) is { IsSend: true })
            return Handle(new Frame.Call(send.Id, send.Action, send.Payload), arrival, out deviations) as Step.Respond;
        deviations = [new Deviation(RuleBook.UnknownAction, Cut($"It sends {send.Action}."))];
        return null;
    }

    // What makes no sense is ours to say: to the letter it is no reason to refuse a transaction message either.
    private static Objection? FaultOf(CatalogedAction action, Objections objections, Manner manner)
    {
        if (action.IsTransactionMessage && !manner.Strict) return null;
        if (!action.IsTransactionMessage && manner.Has(Tolerances.LooseSchema) && !objections.Lacks) return null;
        foreach (var fault in objections.Faults)
        {
            if (!action.IsTransactionMessage || fault.Kind != ObjectionKind.Senseless) return fault;
        }

        return null;
    }

    private static ImmutableArray<Deviation> Deviations(string action, Objections objections) =>
    [
        .. objections.All
            .Select(objection => new Deviation(RuleBook.Of(objection), Cut($"{action}: {objection}.")))
            .DistinctBy(deviation => deviation.Rule),
    ];

    /// <summary>The payload of a CALLRESULT.</summary>
    /// <param name="response">What a <see cref="Step.Respond"/> carries.</param>
    /// <param name="now">The moment of the answer, which a charger sets its clock by; storing may have taken long.</param>
    [SuppressMessage("Performance", "CA1822", Justification = "Which members a response may have is the dialect's to say.")]
    public byte[] PrintResponse(object response, DateTimeOffset now) =>
        Payloads.Print(response is ITellsTime timed ? timed.At(now) : response);

    /// <summary>The call that says a wish, or why there is none.</summary>
    public Said Say(StationRequest request)
    {
        if (request is RawCall raw) return SayRaw(raw);
        if (ActionCatalog.Say(Version, request) is not { } wording)
            return new Said.Impossible($"{terms.Name} has no words for {request.Verb}.");
        if (wording.Call is not { } record) return new Said.Impossible(wording.WhyNot ?? "");
        if (ActionCatalog.Of(Version, record) is not { } action)
            return new Said.Impossible($"{terms.Name} has no words for {request.Verb}.");

        var payload = Payloads.Print(record);
        return Checked(action.Name, payload, JsonElement.Parse(payload));
    }

    /// <summary>What a charger will prove itself by at the door, once it has been given that password.</summary>
    public byte[] ProofOf(Secret password) =>
        terms.PasswordIsText ? Encoding.UTF8.GetBytes(password.Hex) : password.Octets.ToArray();

    /// <summary>What is wrong with a payload that an operator wants a charger to be sent; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems(string action, JsonElement payload) =>
        ActionCatalog.Problems(Version, action, payload);

    /// <summary>
    /// What in a wish does not fit into the words that this version has for it, such as a number out of its range; empty
    /// when nothing does, and when it has no words for such a wish.
    /// </summary>
    public IReadOnlyList<string> Problems(StationRequest wish) => wish switch
    {
        RawCall => [],
        // Key by key: how many of them go into one message is the charger's to say.
        WriteConfiguration { More.IsEmpty: false } write =>
        [
            .. from setting in write.All()
               from problem in Problems(new WriteConfiguration(setting.Key, setting.Value))
               select $"{setting.Key}: {problem}",
        ],
        _ => ActionCatalog.Say(Version, wish) switch
        {
            { IsWrong: true, WhyNot: { } why } => [why],
            { Call: { } record } when ActionCatalog.Of(Version, record) is { } action =>
                Problems(action.Name, JsonElement.Parse(Payloads.Print(record))),
            _ => [],
        },
    };

    /// <summary>An operator's payload as a wish.</summary>
    /// <param name="action">OCPP's name.</param>
    /// <param name="payload">A JSON object that the schema has nothing against.</param>
    public RawCall Raw(string action, JsonElement payload)
    {
        var call = Known(action).Request.Read(payload, new Objections(Manner.Usual)) as ICsmsCall;
        return new RawCall(action, payload.GetRawText(), call?.SecurityProfile);
    }

    /// <summary>What a charger's answer to a wish comes to.</summary>
    /// <param name="request">The wish.</param>
    /// <param name="action">The action that said it.</param>
    /// <param name="answer">A CALLRESULT or a CALLERROR, or the ruins of one.</param>
    public StationAnswer Hear(StationRequest request, string action, Frame answer) =>
        Hear(request, action, answer, out _, out _);

    /// <inheritdoc cref="Hear(StationRequest, string, Frame)"/>
    /// <param name="deviations">What the charger did not keep to; of one rule one.</param>
    /// <param name="fault">
    /// What its CALLRESULT is to be answered with, as a CALLRESULTERROR; null when it is as specified, and in versions
    /// that have none. What could be read of it counts all the same.
    /// </param>
    public StationAnswer Hear(
        StationRequest request, string action, Frame answer, out ImmutableArray<Deviation> deviations, out Fault? fault)
    {
        (deviations, fault) = ([], null);
        switch (answer)
        {
            case Frame.CallResult result:
                return HearResult(request, action, result.Payload, out deviations, out fault);
            case Frame.CallError error:
                if (!terms.ErrorCodes.Contains(error.Code))
                    deviations = [new Deviation(RuleBook.UnknownErrorCode, $"The CALLERROR to {action}.")];
                var outcome = Asked(Known(action), request).Refused(error.Code);
                return new StationAnswer(RequestState.Failed, null, error.Code, error.Description, outcome);
            default:
                return new StationAnswer(
                    RequestState.Failed, null, "unreadableAnswer", "The charger answered, and its answer cannot be read.");
        }
    }

    private StationAnswer HearResult(
        StationRequest request, string action, JsonElement payload, out ImmutableArray<Deviation> deviations,
        out Fault? fault)
    {
        (deviations, fault) = ([], null);
        var known = Known(action);
        var text = payload.GetRawText();
        if (payload.ValueKind != JsonValueKind.Object)
        {
            deviations = [new Deviation(RuleBook.PayloadNoObject, $"The answer to {action} must be an object.")];
            fault = ToAnswer(terms.Codes.Format, "The payload must be an object");
            return new StationAnswer(RequestState.Failed, text, "unreadableAnswer", "The charger's answer is no object.");
        }

        var objections = new Objections(Manner.Usual);
        var response = known.Response.Read(payload, objections)
            ?? throw new InvalidOperationException($"{action}: an object gave no record");
        if (!objections.IsEmpty) deviations = Deviations($"The answer to {action}", objections);
        Objection? first = objections.Faults.Any() ? objections.Faults.First() : null;
        if (first is { } wrong) fault = ToAnswer(CodeFor(wrong.Kind), $"{wrong}");
        var answer = Asked(known, request).ToAnswer(new Heard(payload, response));
        return answer with
        {
            Response = text,
            ErrorDescription = first is { } said
                ? $"{answer.ErrorDescription} Not as {terms.Name} has it: {said}.".TrimStart()
                : answer.ErrorDescription,
        };
    }

    private Fault? ToAnswer(string code, string description) =>
        Framing.HasSend ? new Fault(code, description) : null;

    private CatalogedAction Known(string action) => ActionCatalog.Find(Version, action)
        ?? throw new ArgumentException($"Nothing was ever said as {action}", nameof(action));

    // What was sent, as the record that it is: it is known from the wish, so nothing needs to be kept meanwhile.
    private ICsmsCall Asked(CatalogedAction action, StationRequest request) => request is RawCall raw
        ? (ICsmsCall)action.Request.Read(JsonElement.Parse(raw.Payload), new Objections(Manner.Usual))! // an object
        : ActionCatalog.Say(Version, request)!.Value.Call!; // it was said

    private Said SayRaw(RawCall raw)
    {
        try
        {
            return Checked(raw.Action, Encoding.UTF8.GetBytes(raw.Payload), JsonElement.Parse(raw.Payload));
        }
        catch (JsonException)
        {
            return new Said.Impossible("The payload is not JSON.");
        }
    }

    private Said Checked(string action, byte[] payload, JsonElement parsed) =>
        Problems(action, parsed) is [var first, ..]
            ? new Said.Impossible(first)
            : new Said.Call(action, payload);

    private CatalogedAction? FromCharger(string action) =>
        ActionCatalog.Find(Version, action) is { } known && known.Direction.HasFlag(Direction.FromCharger) ? known : null;

    private Step.Fail NotDone(string action, out ImmutableArray<Deviation> deviations)
    {
        deviations = [];
        if (ActionCatalog.Find(Version, action) is not null) // ours to say
            return Fail("NotSupported", $"{action} is not supported here");
        deviations = [new Deviation(RuleBook.UnknownAction, Cut($"It calls {action}."))];
        return Fail("NotImplemented", $"{terms.Name} has no action {action} for chargers");
    }

    private static Step.Fail Fail(string code, string description) => new(new Fault(code, description));

    private string CodeFor(ObjectionKind kind) => kind switch
    {
        ObjectionKind.Missing or ObjectionKind.TooFewItems or ObjectionKind.TooManyItems => terms.Codes.Occurrence,
        ObjectionKind.WrongType or ObjectionKind.OtherForm => terms.Codes.Type,
        ObjectionKind.TooLong or ObjectionKind.OtherWord or ObjectionKind.Senseless or ObjectionKind.OutOfRange
            or ObjectionKind.TooFine => terms.Codes.Property,
        _ => terms.Codes.Format,
    };

    private static ImmutableArray<Oddity> Oddities(Objections objections)
    {
        var oddities = objections.Faults.Select(fault => new Oddity(OddityCode(fault.Kind), Cut($"{fault}.")));
        return objections.Beyond == 0
            ? [.. oddities]
            : [.. oddities, new Oddity("more-oddities", $"{objections.Beyond} more objections to the same payload.")];
    }

    // Stable: operators search for them.
    private static string OddityCode(ObjectionKind kind) => kind switch
    {
        ObjectionKind.Missing => "missing-member",
        ObjectionKind.Duplicate => "duplicate-member",
        ObjectionKind.WrongType or ObjectionKind.OtherForm => "wrong-type",
        ObjectionKind.TooLong => "too-long",
        ObjectionKind.OtherWord => "unknown-word",
        ObjectionKind.UnreadableTime => "unreadable-time",
        ObjectionKind.Senseless or ObjectionKind.OutOfRange => "senseless-value",
        ObjectionKind.TooFine => "too-fine",
        ObjectionKind.TooFewItems => "too-few-items",
        ObjectionKind.TooManyItems => "too-many-items",
        _ => "unknown-member",
    };

    private static string Cut(string text) => text.Length <= LongestDetail ? text : text[..LongestDetail];
}
