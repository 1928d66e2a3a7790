using System.Collections.Immutable;
using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Sessions;

/// <summary>Who is at the other end of a socket.</summary>
/// <param name="CredentialVersion">The credential that the charger used; 0 for none.</param>
/// <param name="Manner">How its handshake was heard: what it says of the socket holds as long as the socket does.</param>
/// <param name="Rotation">The rotation that its password came from; null when an operator gave it, or it has none.</param>
/// <param name="SecurityProfile">How it came: 0 to 3.</param>
/// <param name="CertificateName">Whom its certificate names; null when it came without one.</param>
/// <param name="CertificateExpiredAt">Since when that is over: it is here to get another one. Null for all others.</param>
internal sealed record Who(
    ChargePointId Id,
    Dialect Dialect,
    string RemoteAddress,
    int CredentialVersion,
    Manner Manner,
    string? Rotation,
    int SecurityProfile,
    string? CertificateName,
    DateTimeOffset? CertificateExpiredAt = null)
{
    /// <summary>
    /// Whether a charger that says this of itself is another one than its certificate is of (OCPP 2.0.1, B01.FR.12; the
    /// same in 1.6, where there are two numbers). One that says no serial number says nothing against it.
    /// </summary>
    public bool IsAnother(BootDetails said) => CertificateName is not null
        && (said.SerialNumber ?? said.BoxSerialNumber) is not null
        && said.SerialNumber != CertificateName
        && said.BoxSerialNumber != CertificateName;
}

/// <summary>What the parts of one session share: whose it is, its socket, its clock, and its way to the entities.</summary>
internal sealed class Line(Who who, SocketPump pump, GatewayParts gateway, IActorRef self)
{
    /// <summary>Within a minute, mostly at once, a transaction has told its charge point that it is open, or over.</summary>
    private static readonly TimeSpan TellingTakes = TimeSpan.FromMinutes(1);

    private readonly long startedAt = gateway.Time.GetTimestamp();
    private long tickets;
    private (bool Strict, string? Profile, string? Zone) chosen;
    private BootDetails? described;
    private Secret? confided;
    private Registration policy;
    private bool owesBoot;
    private TimeSpan? transactionAt;

    public Who Who => who;

    /// <summary>The session.</summary>
    public IActorRef Self => self;
    public SocketPump Pump => pump;
    public GatewayParts Gateway => gateway;

    /// <summary>0 until the session is registered.</summary>
    public long Epoch { get; private set; }

    public bool IsRegistered => Epoch > 0;

    /// <summary>What the last BootNotification was answered, to this session or one before; null when there was none.</summary>
    public Registration? Registration { get; set; }

    public UnknownTokens UnknownTokens { get; private set; }

    /// <summary>True for a charger that has never booted here and would be accepted if it did.</summary>
    public bool OwesOnlyItsBoot => Registration is null && policy == Domain.ChargePoints.Registration.Accepted;

    /// <summary>True for one that is to be asked to boot if it does not by itself.</summary>
    public bool OwesBoot => OwesOnlyItsBoot || owesBoot;

    /// <summary>
    /// Whether this may be said though its boot was not accepted: of one that waits, what it needs to be accepted (OCPP
    /// 2.0.1, A02 and B02; the same in 1.6).
    /// </summary>
    public bool MayPrecedeAcceptance(string action) => who.Dialect.MayPrecedeAcceptance(action)
        || (Registration == Domain.ChargePoints.Registration.Pending && action == "SignCertificate");

    /// <summary>How this charger is heard from now on: by its operator's word, and by what it says of itself.</summary>
    public Manner Manner { get; private set; } = who.Manner;

    /// <summary>How long there has been a session: what its deadlines are counted in.</summary>
    public TimeSpan Now => gateway.Time.GetElapsedTime(startedAt);

    public void Registered(SessionOpen open)
    {
        Epoch = open.Epoch;
        Registration = open.Registered;
        UnknownTokens = open.UnknownTokens ?? Gateway.Settings.UnknownTokens;
        (policy, described, owesBoot) = (open.Policy, open.Described, open.OwesBoot);
        pump.Charges = open.Charges || Now - transactionAt < TellingTakes;
        HearSo(open.Strict, open.QuirkProfile, open.TimeZone);
    }

    public void HearSo(bool strict, string? profile, string? zone)
    {
        chosen = (strict, profile, zone);
        Manner = Manner.Of(
            strict, Gateway.Quirks.Choose(profile, described?.Vendor, described?.Model, described?.FirmwareVersion),
            // Null too for one that this node's database of zones has not got: it was known where it was set.
            zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var stands) ? stands : null);
    }

    public void Booted(BootAnswered answer, BootDetails details)
    {
        (Registration, described, owesBoot) = (answer.Registration, details, false);
        HearSo(chosen.Strict, chosen.Profile, chosen.Zone);
    }

    /// <summary>
    /// A message of a transaction has come, so the charger charges as far as we know, until its entity says otherwise.
    /// </summary>
    public void HeardOfTransaction() => (transactionAt, pump.Charges) = (Now, true);

    public void Deviated(Rule rule, string example) => Gateway.Witness.Deviated(who.Id, rule, example);

    public void Deviated(ImmutableArray<Deviation> deviations)
    {
        foreach (var deviation in deviations) Deviated(deviation.Rule, deviation.Example);
    }

    /// <summary>Tells an entity something that it is to answer.</summary>
    /// <param name="awaited">A charger waits for the answer.</param>
    public Telling Tell(Command command, bool awaited = false)
    {
        // What is slow for everybody is not mended by asking twice.
        var soon = awaited && gateway.Gate.Strain == Strain.Green;
        var telling = new Telling(++tickets, command, Now, gateway.Settings.RetryAfter, soon);
        gateway.Entities.Tell(command, telling.Ticket, self);
        return telling;
    }

    /// <summary>Tells an entity something that nobody waits for; it is not told again.</summary>
    public void Mention(Command command) => gateway.Entities.Tell(command);

    public void TellAgain(Telling telling)
    {
        telling.ToldAgain();
        gateway.Entities.Tell(telling.Command, telling.Ticket, self);
    }

    /// <summary>Puts a frame on the wire, and on record.</summary>
    public void Write(byte[] frame, string? action)
    {
        pump.Send(frame);
        gateway.Witness.Sent(who.Id, Epoch, action, Clean(frame));
    }

    /// <summary>From now on that password is taken out of whatever this session lets anybody see, wherever it stands.</summary>
    public void Confide(Secret password) => confided = password;

    /// <summary>A frame, or any JSON, as people may read it.</summary>
    public string Clean(ReadOnlySpan<byte> utf8) => Clean(Frames.Text(utf8));

    /// <inheritdoc cref="Clean(ReadOnlySpan{byte})"/>
    public string Clean(string json) => Unconfided(Redaction.Clean(json));

    /// <summary>Any text, without the password that was confided to this session.</summary>
    public string Unconfided(string text) => confided is { } password
        ? text.Replace(password.Hex, Redaction.Mask, StringComparison.OrdinalIgnoreCase)
        : text;

    /// <summary>Waits for something outside, such as a commit; what came of it is a message to the session.</summary>
    public void Await<T>(Task<T> outside, Func<T, object> message, Func<Exception, object> failure) =>
        outside.PipeTo(self, success: message, failure: failure);
}
