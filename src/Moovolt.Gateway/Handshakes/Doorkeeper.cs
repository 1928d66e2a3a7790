using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Gateway.Listeners;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway.Handshakes;

using static Admission;

/// <summary>
/// Decides about a handshake, cheapest check first, before anything of it is sent to an entity: what a stranger does
/// never reaches the actors.
/// </summary>
internal sealed class Doorkeeper(
    GatewaySettings settings,
    QuirkProfiles quirks,
    GatewayGate gate,
    GatewayMetrics metrics,
    Credentials credentials,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private readonly UpgradeBudget upgrades = new(settings, time);
    private readonly FailureThrottle failures = new(settings, time);
    private readonly Crowd crowd = new(time);
    private readonly ListenedAt urls = ListenedAt.Urls(settings.Listening.AtUrls);

    private readonly ClientCertificates certificates = new(
        settings.Listening.ClientCertificates, settings.Listening.ReloadEvery, time, logger);

    /// <summary>Displacements on this node.</summary>
    public Flapping Flapping { get; } = new(settings, time);

    /// <param name="connections">How many sockets are open on this node.</param>
    public async Task<Admission> AdmitAsync(HttpContext context, string? target, int connections)
    {
        if (Closed() is { } closed) return closed;
        if (connections >= settings.MaxConnections) return Full();
        if (!upgrades.Allows(SourceOf(context)))
            return Busy("too-many-from-address", "Too many chargers are connecting at once from this address.");
        if (!await upgrades.TurnAsync(context.RequestAborted))
            return Busy("too-many-upgrades", "Too many chargers are connecting at once.");

        if (!ChargerPath.TryRead(target, out var id))
        {
            return new Refused(404, "bad-path", "Chargers connect to /ocpp/{identity}, and this names no identity "
                + "(1 to 48 characters: letters, digits, and * - _ = + | @ .).");
        }

        if (NotWebSocket(context) is { } plain) return plain;
        var proof = await ProveAsync(context, id);
        if (proof is not Admitted admitted) return proof;

        var offered = context.Request.Headers.SecWebSocketProtocol;
        var manner = await MannerOfAsync(id, context.RequestAborted);
        var subprotocol = Subprotocol.Choose(
            offered, assume16: manner.Has(Tolerances.AssumeOcpp16) || (settings.AssumeOcpp16 && !manner.Strict));
        if (subprotocol is null && settings.SubprotocolMismatch == SubprotocolMismatch.Refuse)
            return new Refused(400, NoCommonSubprotocol, Subprotocol.WhyNone(offered));

        // Only who has proven who it is can make a charger wait.
        if (Flapping.DelayOf(id) is { Ticks: > 0 } delay)
        {
            metrics.LimitHit("flapping");
            await Task.Delay(delay, time, context.RequestAborted);
        }

        return Closed() ?? (Admission)(admitted with { Subprotocol = subprotocol, Manner = manner });
    }

    private async Task<Manner> MannerOfAsync(ChargePointId id, CancellationToken cancellation) =>
        await credentials.IntroducedAsync(id, cancellation) is { } known
            ? Manner.Of(known.Strict, quirks.Choose(known.QuirkProfile, known.Vendor, known.Model, known.FirmwareVersion))
            : Manner.Usual;

    public const string NoCommonSubprotocol = "no-common-subprotocol";

    private const string TooManyFailures = "Too many wrong passwords came from there.";

    /// <summary>What a charger is told for whom there is no place.</summary>
    public Refused Full() => Busy("too-many-connections", "This node has as many chargers as it may.");

    public void Dispose()
    {
        upgrades.Dispose();
        crowd.Dispose();
    }

    /// <summary>What a charger is told when nobody can look up who it is.</summary>
    /// <param name="why">For the attempt only: a database's words name hosts and users, and the peer is a stranger.</param>
    public Refused Unknowing(string why) =>
        Busy("database-away", $"Nobody could be looked up: {why}") with { Said = "Try again later." };

    private Refused? Closed() => (gate.State, gate.Strain) switch
    {
        (GateState.Draining, _) => Busy("draining", "This node is leaving; another one will take the charger."),
        (GateState.Starting, _) => Busy("starting", "This node has not joined its cluster yet."),
        (_, Strain.Red) => Busy("journal-down", "Nothing can be stored at the moment."),
        (_, Strain.Yellow) => Busy("journal-slow", "Storing takes long at the moment; those who are here come first."),
        _ => null,
    };

    // A little chance, so that those who are sent away together do not return together.
    private Refused Busy(string code, string reason)
    {
        metrics.LimitHit(code);
        return new Refused(503, code, reason, RetryAfter: Random.Shared.Next(5, 31));
    }

    private static Refused? NotWebSocket(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest) return null;
        return context.Request.Headers.Upgrade.Count == 0
            ? new Refused(426, "no-websocket", "Chargers connect here with a WebSocket; this was an ordinary HTTP request.")
            : new Refused(400, "bad-websocket", "The WebSocket handshake is not one of RFC 6455 (a GET, version 13, with a key).");
    }

    private async Task<Admission> ProveAsync(HttpContext context, ChargePointId id)
    {
        using var attempt = await failures.BeginAsync(SourceOf(context), id, context.RequestAborted);
        if (attempt is null) return Throttled("throttled", TooManyFailures);
        var credential = await credentials.FindAsync(id, context.RequestAborted);
        return attempt.IsCrowded
            ? await ProveInCrowdAsync(context, id, attempt, credential)
            : await ProveAsync(context, id, attempt, credential);
    }

    // Who has the right password gets in, whatever others behind its address do. All others are told the same, and as
    // late as if it had been their turn, be they registered or not.
    private async Task<Admission> ProveInCrowdAsync(
        HttpContext context, ChargePointId id, FailureThrottle.Try attempt, Credential? credential)
    {
        if (credential is null)
        {
            await crowd.AsIfInTurnAsync(context.RequestAborted);
            return Throttled("throttled", TooManyFailures);
        }

        var proof = await crowd.InTurnAsync(
            () => ProveAsync(context, id, attempt, credential), context.RequestAborted);
        return proof switch
        {
            null => Throttled("throttled", TooManyFailures),
            Refused refused => Throttled(refused.Code, refused.Reason),
            _ => proof,
        };
    }

    private Refused Throttled(string code, string reason)
    {
        metrics.LimitHit("auth-failures");
        return new Refused(429, code, reason, TooManyFailures, RetryAfter: 10);
    }

    private async Task<Admission> ProveAsync(
        HttpContext context, ChargePointId id, FailureThrottle.Try attempt, Credential? credential)
    {
        var rotated = AsProven(context, credential);
        var proof = await ProveAsync(context, id, rotated, IPAddress.IsLoopback(SourceOf(context)));
        if (credential?.Pending is { } pending && proof is Admitted { CertificateName: null, SecurityProfile: > 0 } byPassword)
            proof = await SettleAsync(byPassword, pending, taken: rotated != credential, context.RequestAborted);
        if (proof is Refused) Failed(attempt, id, credential);
        return proof;
    }

    // While a rotation is undecided both passwords open the door; the one that is said tells which the charger has.
    private static Credential? AsProven(HttpContext context, Credential? credential) =>
        credential is { Pending: { } pending }
        && BasicCredentials.TryRead(context.Request.Headers.Authorization, out var said)
        && CredentialHash.VerifyPending(pending, said.Password)
            ? credential.Rotated()
            : credential;

    // The first one to be used decides, for all nodes. Two may come at once, one with each: the row lets one win.
    private async Task<Admission> SettleAsync(
        Admitted proof, PendingSecret pending, bool taken, CancellationToken cancellation)
    {
        var settled = await credentials.SettleAsync(proof.Id, pending.Rotation, taken, cancellation);
        return taken == (settled.RotatedBy == pending.Rotation)
            ? proof with { CredentialVersion = settled.Version, Rotation = settled.RotatedBy }
            : Refused.Unauthorized("wrong-password", "The password is not the one that this charger has come with since.");
    }

    // The attempts themselves are on record; that they are many from several places only shows when they are counted.
    private void Failed(FailureThrottle.Try attempt, ChargePointId id, Credential? credential)
    {
        var guesses = attempt.Fail();
        if (guesses == Recurrence.Usual || credential is null) return; // at nobody's door there is nothing to guess
        metrics.LimitHit("auth-failures-of-identity");
        if (guesses == Recurrence.Alarming)
            logger.LogWarning("{ChargePoint}: somebody is guessing its password, or it has a wrong one (AuthFailed)", id);
    }

    private static IPAddress SourceOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    private async Task<Admission> ProveAsync(HttpContext context, ChargePointId id, Credential? credential, bool fromLoopback)
    {
        // Profile 0 is for the one-command node; who has a password must say it there too (A00.FR.002).
        var needsNone = credential is null or { Retired: false, HasSecret: false, RequiredProfile: < SecurityProfiles.Lowest };
        if (settings.Dev && fromLoopback && needsNone) return new Admitted(id, credential?.Version ?? 0, null);

        var here = ListenedAt.Find(context) ?? urls;
        var certificate = here.TakesCertificates ? await context.Connection.GetClientCertificateAsync(context.RequestAborted) : null;
        var proof = certificate is null
            ? ByPassword(context, id, credential, here)
            : ByCertificate(certificate, id, credential, await NamesOfAsync(id, credential, context.RequestAborted));
        return proof is Admitted { SecurityProfile: var profile } admitted && credential is not null
            ? Fits(credential, profile, here) ?? (Admission)(admitted with
            {
                // Whoever may come in to get a certificate has not shown that it can come so again.
                Raises = profile >= SecurityProfiles.Lowest && profile > credential.LowestProfile
                    && admitted.CertificateExpiredAt is null,
            })
            : proof;
    }

    // One listener is one kind of proof; and who has once come with a better one does not come with a lesser one again
    // (security whitepaper, A00.FR.002 and A05.FR.09).
    private static Refused? Fits(Credential credential, int profile, ListenedAt here) => credential switch
    {
        { SecurityProfile: 0, LowestProfile: 0 } when profile < SecurityProfiles.Lowest => Refused.Unauthorized(
            "profile-too-low", $"{credential.ChargePoint} is registered at security profile 0, which is for development only."),
        _ when profile < credential.RequiredProfile => Refused.Unauthorized(
            "profile-too-low",
            $"{credential.ChargePoint} came at security profile {profile}, and must come at {credential.RequiredProfile}: "
            + (credential.LowestProfile == credential.RequiredProfile ? "it has connected so before." : "so it is registered.")),
        _ when !here.Profiles.Contains(profile) => Refused.Unauthorized(
            here.TakesCertificates ? "no-client-certificate" : "profile-not-offered",
            $"Nobody is let in at security profile {profile} there ({here.Name})."),
        _ => null,
    };

    private Admission ByPassword(HttpContext context, ChargePointId id, Credential? credential, ListenedAt here)
    {
        var known = BasicCredentials.TryRead(context.Request.Headers.Authorization, out var said);
        var matches = Matches(credential, known, said);
        if (credential is null && settings.RevealUnknownIdentity)
            return new Refused(404, "unknown-charge-point", $"Nobody registered {id}.");

        return credential switch
        {
            null => Refused.Unauthorized("unknown-charge-point", $"Nobody registered {id}."),
            _ when !known && here.TakesCertificates =>
                Refused.Unauthorized("no-client-certificate", "It showed no certificate, and sent no usable Authorization header."),
            _ when !known => Refused.Unauthorized("no-credentials", "No usable Authorization header (HTTP Basic) was sent."),
            _ when !said.AreOf(id) => Refused.Unauthorized("wrong-user", "The user name is not the identity in the path."),
            _ when !matches => Refused.Unauthorized("wrong-password", "The password is wrong."),
            { Retired: true } => Refused.Unauthorized("retired", $"{id} is retired."),
            _ => new Admitted(id, credential.Version, null)
            {
                SecurityProfile = here.ByPassword, Rotation = credential.RotatedBy,
            },
        };
    }

    private Admission ByCertificate(
        X509Certificate2 certificate, ChargePointId id, Credential? credential, ImmutableArray<string> names)
    {
        if (credential is null) return Refused.Unauthorized("unknown-charge-point", $"Nobody registered {id}.");
        var judged = certificates.Judge(certificate, names);
        if (judged.WhyNot is { } why && !(judged.ExpiredAt is not null && credential.AcceptExpired))
            return Refused.Unauthorized("invalid-charge-point-certificate", $"{why} (InvalidChargePointCertificate)");
        return credential.Retired
            ? Refused.Unauthorized("retired", $"{id} is retired.")
            : new Admitted(id, credential.Version, null)
            {
                SecurityProfile = 3,
                CertificateName = ClientCertificates.NameOf(certificate),
                CertificateExpiredAt = judged.ExpiredAt,
            };
    }

    // Whom a charger's certificate names: its serial number (A00.FR.404), as its operator registered it; else as it told
    // it at its last boot, when it had proven who it is otherwise; or its identity, which many have for a serial number.
    private async Task<ImmutableArray<string>> NamesOfAsync(
        ChargePointId id, Credential? credential, CancellationToken cancellation)
    {
        if (credential?.CertificateName is { } registered) return [registered];
        var serial = (await credentials.IntroducedAsync(id, cancellation))?.SerialNumber;
        return serial is null ? [id.Value] : [id.Value, serial];
    }

    // The same work whoever it is: neither an unknown charger, nor one without a password, may be told by its answer's time.
    private bool Matches(Credential? credential, bool known, BasicCredentials said)
    {
        if (!known) return false;
        var matches = credentials.Verify(credential, said.Password);
        if (!matches && credential is { Kind: CredentialKind.Hmac }) CredentialHash.Verify(null, said.Password);
        return matches;
    }
}
