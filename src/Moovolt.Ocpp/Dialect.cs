using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;
using Terms16 = Moovolt.Ocpp.V16.Terms;

namespace Moovolt.Ocpp;

/// <summary>One version of OCPP as we speak it: from frames to commands, from wishes to calls. Pure, and shared by all sessions.</summary>
public sealed class Dialect
{
    private const int LongestDetail = 255;

    private readonly DialectTerms terms;

    private Dialect(DialectTerms terms) => this.terms = terms;

    public static Dialect V16 { get; } = new(Terms16.Of16J);

    /// <summary>Every dialect that we speak, the oldest first.</summary>
    public static IReadOnlyList<Dialect> All { get; } = [V16];

    public string Subprotocol => terms.Subprotocol;

    public OcppVersion Version => terms.Version;

    public Framing Framing => terms.Framing;

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

    /// <summary>What to do about a call. Everything that it may know besides the payload is in the arrival.</summary>
    public Step Handle(Frame.Call call, Arrival arrival)
    {
        if (FromCharger(call.Action) is not { } action) return NotDone(call.Action);
        if (call.Payload.ValueKind != JsonValueKind.Object) return Fail(terms.Codes.Format, "The payload must be an object");

        var objections = new Objections(Manners.AsChargersSpeak);
        var record = (IChargerCall?)action.Request.Read(call.Payload, objections)
            ?? throw new InvalidOperationException($"{action.Name}: an object gave no record");
        if (objections.Count == 0) return record.Handle(arrival);
        if (!action.IsTransactionMessage) return Fail(CodeFor(objections.All[0].Kind), $"{objections.All[0]}");

        return record.Handle(arrival with { Oddities = Oddities(objections), Frame = call.Payload.GetRawText() });
    }

    /// <summary>The payload of a CALLRESULT.</summary>
    /// <param name="response">What a <see cref="Step.Respond"/> carries.</param>
    [SuppressMessage("Performance", "CA1822", Justification = "Which members a response may have is the dialect's to say.")]
    public byte[] PrintResponse(object response) => Payloads.Print(response);

    /// <summary>The call that says a wish, or why there is none.</summary>
    public Said Say(StationRequest request)
    {
        if (request is RawCall raw) return SayRaw(raw);
        if (ActionCatalog.For(Version, request) is not { } action)
            return new Said.Impossible($"{terms.Name} has no words for {request.Verb}.");

        var wording = action.Wishes[request.GetType()](request);
        if (wording.Call is not { } record) return new Said.Impossible(wording.WhyNot ?? "");
        var payload = Payloads.Print(record);
        return Checked(action.Name, payload, JsonElement.Parse(payload));
    }

    /// <summary>What is wrong with a payload that an operator wants a charger to be sent; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems(string action, JsonElement payload) =>
        ActionCatalog.Problems(Version, action, payload);

    /// <summary>What a charger's answer to a wish comes to.</summary>
    /// <param name="request">The wish.</param>
    /// <param name="action">The action that said it.</param>
    /// <param name="answer">A CALLRESULT or a CALLERROR, or the ruins of one.</param>
    public StationAnswer Hear(StationRequest request, string action, Frame answer) => answer switch
    {
        Frame.CallResult result => HearResult(request, action, result.Payload),
        Frame.CallError error => new StationAnswer(RequestState.Failed, null, error.Code, error.Description),
        _ => new StationAnswer(
            RequestState.Failed, null, "unreadableAnswer", "The charger answered, and its answer cannot be read."),
    };

    private StationAnswer HearResult(StationRequest request, string action, JsonElement payload)
    {
        var known = ActionCatalog.Find(Version, action)
            ?? throw new ArgumentException($"{request.Verb} was never said as {action}", nameof(action));
        var text = payload.GetRawText();
        if (payload.ValueKind != JsonValueKind.Object)
            return new StationAnswer(RequestState.Failed, text, "unreadableAnswer", "The charger's answer is no object.");

        var objections = new Objections(Manners.AsChargersSpeak);
        var response = known.Response.Read(payload, objections)
            ?? throw new InvalidOperationException($"{action}: an object gave no record");
        var answer = Asked(known, request).ToAnswer(new Heard(payload, response));
        return answer with
        {
            Response = text,
            ErrorDescription = objections.Count == 0
                ? answer.ErrorDescription
                : $"{answer.ErrorDescription} Not as {terms.Name} has it: {objections.All[0]}.".TrimStart(),
        };
    }

    // What was sent, as the record that it is: it is known from the wish, so nothing needs to be kept meanwhile.
    private static ICsmsCall Asked(CatalogedAction action, StationRequest request) => request is RawCall raw
        ? (ICsmsCall)action.Request.Read(JsonElement.Parse(raw.Payload), new Objections(Manners.AsChargersSpeak))! // an object
        : action.Wishes[request.GetType()](request).Call!; // it was said

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

    private Step.Fail NotDone(string action) => terms.NotDone.Contains(action) || ActionCatalog.Find(Version, action) is not null
        ? Fail("NotSupported", $"{action} is not supported here")
        : Fail("NotImplemented", $"{terms.Name} has no action {action} for chargers");

    private static Step.Fail Fail(string code, string description) => new(new Fault(code, description));

    private string CodeFor(ObjectionKind kind) => kind switch
    {
        ObjectionKind.Missing or ObjectionKind.TooFewItems or ObjectionKind.TooManyItems => terms.Codes.Occurrence,
        ObjectionKind.WrongType => terms.Codes.Type,
        ObjectionKind.TooLong or ObjectionKind.OtherWord or ObjectionKind.Senseless or ObjectionKind.TooFine =>
            terms.Codes.Property,
        _ => terms.Codes.Format,
    };

    private static ImmutableArray<Oddity> Oddities(Objections objections)
    {
        var oddities = objections.All.Select(objection => new Oddity(OddityCode(objection.Kind), Detail(objection)));
        return objections.Beyond == 0
            ? [.. oddities]
            : [.. oddities, new Oddity("more-oddities", $"{objections.Beyond} more objections to the same payload.")];
    }

    // Stable: operators search for them.
    private static string OddityCode(ObjectionKind kind) => kind switch
    {
        ObjectionKind.Missing => "missing-member",
        ObjectionKind.Duplicate => "duplicate-member",
        ObjectionKind.WrongType => "wrong-type",
        ObjectionKind.TooLong => "too-long",
        ObjectionKind.OtherWord => "unknown-word",
        ObjectionKind.UnreadableTime => "unreadable-time",
        ObjectionKind.Senseless => "senseless-value",
        ObjectionKind.TooFine => "too-fine",
        ObjectionKind.TooFewItems => "too-few-items",
        ObjectionKind.TooManyItems => "too-many-items",
        _ => "unknown-member",
    };

    private static string Detail(Objection objection)
    {
        var text = $"{objection}.";
        return text.Length <= LongestDetail ? text : text[..LongestDetail];
    }
}
