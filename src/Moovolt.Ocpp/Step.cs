using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Ocpp;

/// <summary>What is known of a call besides its payload.</summary>
/// <param name="From">The charger, by its authenticated session; never by anything that it says.</param>
/// <param name="Epoch">The session's epoch.</param>
/// <param name="At">When the frame arrived.</param>
/// <param name="UnknownTokens">The charge point's rule for tokens that nobody knows.</param>
/// <param name="HeartbeatInterval">Seconds, for the answer to a BootNotification.</param>
/// <param name="Oddities">What the schema has to object to in a transaction message, which is answered all the same.</param>
/// <param name="Frame">The payload as it came, when there are oddities, or the action keeps it; else null.</param>
public sealed record Arrival(
    ChargePointId From,
    long Epoch,
    DateTimeOffset At,
    UnknownTokens UnknownTokens,
    int HeartbeatInterval,
    ImmutableArray<Oddity> Oddities,
    string? Frame)
{
    /// <summary>What is agreed with vendors about their own messages, as it is known just now.</summary>
    public VendorRules Vendors { get; init; } = VendorRules.None;

    /// <summary>The version that the charger speaks.</summary>
    public OcppVersion Version { get; init; } = OcppVersion.V201;

    /// <summary>How a car's wish for a schedule is met.</summary>
    public NeedsRule Needs { get; init; } = NeedsRule.Usual;

    /// <summary>How this charger is heard.</summary>
    public Manner Manner { get; init; } = Manner.Usual;
}

/// <summary>
/// What a session does next about a call: ask an entity and go on with its reply, or answer. A call is at most a few
/// steps; each step may be repeated, because every entity finds what it did before.
/// </summary>
public abstract record Step
{
    /// <summary>Have an entity store it, and answer once it has; stay silent when it cannot.</summary>
    /// <param name="response">The response record of the action.</param>
    public static Step Stored(Command command, object response) => new Ask(command, reply => reply is Reply.Refused refused
        ? new StaySilent(refused.Reason)
        : new Respond(response));

    /// <summary>Ask the entity that the command is for, and go on with what it replies.</summary>
    /// <param name="Then">From the reply to the next step.</param>
    /// <param name="Otherwise">What to do when no reply comes within <see cref="Patience"/>; null: keep asking, then stay silent.</param>
    public sealed record Ask(Command Command, Func<Reply, Step> Then, Func<Step>? Otherwise = null) : Step
    {
        /// <summary>How long an ask that has an <see cref="Otherwise"/> waits before it goes on without.</summary>
        public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    }

    /// <summary>Have somebody outside asked, and go on with what is found, which may be nothing.</summary>
    /// <param name="Then">From what was found to the next step.</param>
    public sealed record Inquire(Inquiry Inquiry, Func<Finding, Step> Then) : Step;

    /// <summary>Answer with a CALLRESULT.</summary>
    /// <param name="Payload">The response record of the action.</param>
    /// <param name="Keep">Samples that belong to no transaction, to be kept as the station's own.</param>
    /// <param name="Missed">A token was asked about that may not charge: many of these are guesses.</param>
    /// <param name="Note">What an entity may like to know; nobody waits for it, and it may be lost.</param>
    public sealed record Respond(object Payload, StationSamples? Keep = null, bool Missed = false, Command? Note = null) : Step
    {
        /// <summary>Values of a stream, to be kept as the station's own.</summary>
        public StreamValues? Values { get; init; }
    }

    /// <summary>Answer with a CALLERROR. Never for a transaction message whose payload is a JSON object.</summary>
    public sealed record Fail(Fault Fault) : Step;

    /// <summary>Do not answer: what we cannot store, the charger shall keep and send again.</summary>
    /// <param name="Reason">What the entity said.</param>
    public sealed record StaySilent(string Reason) : Step;
}

/// <summary>A response by which a charger sets its clock: the time is put in when it is printed, and no sooner.</summary>
public interface ITellsTime
{
    /// <summary>The same response, at that moment.</summary>
    object At(DateTimeOffset now);
}

/// <summary>Readings of the station itself: noise to the journal, useful to an operator.</summary>
public sealed record StationSamples(ConnectorId Connector, ImmutableArray<Sample> Samples);

/// <summary>What a monitored variable was, time and again: noise to the journal, useful to an operator.</summary>
/// <param name="Stream">The charger's number for the stream.</param>
public sealed record StreamValues(int Stream, ImmutableArray<StreamValue> Values);

/// <summary>The other side spoke wrongly.</summary>
/// <param name="Code">A CALLERROR code in the spelling of the session's version.</param>
/// <param name="Description">What is wrong, up to 255 characters.</param>
public sealed record Fault(string Code, string Description);
