using System.Collections.Immutable;
using Akka.Configuration;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Gateway.Listeners;
using Moovolt.Ocpp;

namespace Moovolt.Gateway;

/// <summary>What to do with a charger that offers no subprotocol that we speak.</summary>
public enum SubprotocolMismatch
{
    /// <summary>Complete the upgrade without one, then close with 1002 (OCPP-J 1.6, 3.3).</summary>
    Close,

    /// <summary>Answer 400 (what the test tool of OCPP 2.0.1 expects, TC_B_58).</summary>
    Refuse,
}

/// <summary>The gateway's limits and times; defaults, units and reasons are in hocon/gateway.conf.</summary>
public sealed record GatewaySettings
{
    // Chargers give up waiting for an answer after 30 s or so, and some reconnect then.
    private static readonly TimeSpan LongestMissDelay = TimeSpan.FromSeconds(10);

    public required bool Dev { get; init; }
    public required bool RevealUnknownIdentity { get; init; }
    public required SubprotocolMismatch SubprotocolMismatch { get; init; }
    public required bool AssumeOcpp16 { get; init; }
    public required UnknownTokens UnknownTokens { get; init; }

    public required int MaxConnections { get; init; }

    /// <summary>Bytes that a connection is reckoned to take of the memory that the process may use.</summary>
    public required int MemoryPerConnection { get; init; }

    /// <summary>Bytes that the node keeps for all else.</summary>
    public required int MemoryBesideConnections { get; init; }

    public required int UpgradesPerSecond { get; init; }
    public required int UpgradesWaiting { get; init; }
    public required int AddressUpgradesPerSecond { get; init; }
    public required int AddressUpgradesBurst { get; init; }
    public required TimeSpan HandshakeTimeout { get; init; }
    /// <summary>How long a charger that has never booted here is left alone before it is asked to; zero: it is not asked.</summary>
    public required TimeSpan AskForBootAfter { get; init; }
    public required int FailuresPerCharger { get; init; }
    public required TimeSpan FailuresPerChargerRefill { get; init; }
    public required int FailuresPerAddress { get; init; }
    public required TimeSpan FailuresPerAddressRefill { get; init; }
    public required int FailuresPerIdentity { get; init; }
    public required TimeSpan FailuresPerIdentityWindow { get; init; }

    public required int MaxFrame { get; init; }
    public required int FrameParts { get; init; }
    public required int PingsPerSecond { get; init; }
    public required int PingsBurst { get; init; }

    /// <summary>The subprotocols over which frames may be compressed.</summary>
    public required ImmutableArray<string> Compression { get; init; }
    public required int CompressionFrom { get; init; }
    public required TimeSpan FirstFrameTimeout { get; init; }
    public required bool FirstFrameAwaitsHeartbeat { get; init; }
    public required TimeSpan PingInterval { get; init; }
    public required TimeSpan PingTimeout { get; init; }
    public required TimeSpan CloseWithin { get; init; }
    public required TimeSpan CloseTimeout { get; init; }
    public required int CallsPerSecond { get; init; }
    public required int CallsBurst { get; init; }
    public required int WaitingFrames { get; init; }
    public required int WaitingBytes { get; init; }
    public required int OutgoingFrames { get; init; }
    public required int OutgoingBytes { get; init; }
    public required int OutgoingCalls { get; init; }
    public required int AuthorizeMisses { get; init; }
    public required TimeSpan AuthorizeMissesWindow { get; init; }
    public required TimeSpan AuthorizeMissDelay { get; init; }

    public required TimeSpan RetryAfter { get; init; }
    public required TimeSpan AnswerPatience { get; init; }
    public required TimeSpan PutOffFor { get; init; }
    public required int LetGoPerSecond { get; init; }
    public required TimeSpan RegisterAgain { get; init; }
    public required TimeSpan HeartbeatInterval { get; init; }

    public required int FlappingDisplacements { get; init; }
    public required TimeSpan FlappingWindow { get; init; }
    public required TimeSpan FlappingMost { get; init; }

    /// <summary>How a car's wish for a schedule is met; read from <c>moovolt.smart-charging</c> by the program.</summary>
    public NeedsRule Needs { get; init; } = NeedsRule.Usual;

    /// <summary>Where chargers connect, and what they must prove there.</summary>
    public required ListeningSettings Listening { get; init; }

    /// <summary>Reads <c>moovolt.gateway</c>.</summary>
    /// <exception cref="ConfigurationException">A value is missing or makes no sense; the message says which and why.</exception>
    public static GatewaySettings From(Config config)
    {
        var section = new Section(config, "moovolt.gateway");
        var settings = new GatewaySettings
        {
            Dev = section.Switch("dev"),
            RevealUnknownIdentity = section.Switch("reveal-unknown-identity"),
            SubprotocolMismatch = section.Choice<SubprotocolMismatch>("subprotocol-mismatch"),
            AssumeOcpp16 = section.Switch("assume-ocpp16"),
            UnknownTokens = section.Choice<UnknownTokens>("unknown-tokens"),
            MaxConnections = section.Count("max-connections", atLeast: 1),
            MemoryPerConnection = section.Bytes("memory-per-connection", atLeast: 1024),
            MemoryBesideConnections = section.Bytes("memory-beside-connections", atLeast: 0),
            UpgradesPerSecond = section.Count("upgrades-per-second", atLeast: 1),
            UpgradesWaiting = section.Count("upgrades-waiting", atLeast: 0),
            AddressUpgradesPerSecond = section.Count("address-upgrades-per-second", atLeast: 0),
            AddressUpgradesBurst = section.Count("address-upgrades-burst", atLeast: 1),
            HandshakeTimeout = section.Time("handshake-timeout"),
            AskForBootAfter = section.Time("ask-for-boot-after", mayBeZero: true),
            FailuresPerCharger = section.Count("failures-per-charger", atLeast: 1),
            FailuresPerChargerRefill = section.Time("failures-per-charger-refill"),
            FailuresPerAddress = section.Count("failures-per-address", atLeast: 0),
            FailuresPerAddressRefill = section.Time("failures-per-address-refill"),
            FailuresPerIdentity = section.Count("failures-per-identity", atLeast: 1),
            FailuresPerIdentityWindow = section.Time("failures-per-identity-window"),
            MaxFrame = section.Bytes("max-frame", atLeast: 4096),
            FrameParts = section.Count("frame-parts", atLeast: 1),
            PingsPerSecond = section.Count("pings-per-second", atLeast: 1),
            PingsBurst = section.Count("pings-burst", atLeast: 1),
            Compression = section.Texts("compression"),
            CompressionFrom = section.Bytes("compression-from", atLeast: 0),
            FirstFrameTimeout = section.Time("first-frame-timeout"),
            FirstFrameAwaitsHeartbeat = section.Switch("first-frame-awaits-heartbeat"),
            PingInterval = section.Time("ping-interval"),
            PingTimeout = section.Time("ping-timeout", mayBeZero: true),
            CloseWithin = section.Time("close-within"),
            CloseTimeout = section.Time("close-timeout"),
            CallsPerSecond = section.Count("calls-per-second", atLeast: 0),
            CallsBurst = section.Count("calls-burst", atLeast: 1),
            WaitingFrames = section.Count("waiting-frames", atLeast: 1),
            WaitingBytes = section.Bytes("waiting-bytes", atLeast: 4096),
            OutgoingFrames = section.Count("outgoing-frames", atLeast: 1),
            OutgoingBytes = section.Bytes("outgoing-bytes", atLeast: 4096),
            OutgoingCalls = section.Count("outgoing-calls", atLeast: 1),
            AuthorizeMisses = section.Count("authorize-misses", atLeast: 1),
            AuthorizeMissesWindow = section.Time("authorize-misses-window"),
            AuthorizeMissDelay = section.Time("authorize-miss-delay", mayBeZero: true),
            RetryAfter = section.Time("retry-after"),
            AnswerPatience = section.Time("answer-patience"),
            PutOffFor = section.Time("put-off-for"),
            LetGoPerSecond = section.Count("let-go-per-second", atLeast: 1),
            RegisterAgain = section.Time("register-again"),
            HeartbeatInterval = section.Time("heartbeat-interval"),
            FlappingDisplacements = section.Count("flapping-displacements", atLeast: 1),
            FlappingWindow = section.Time("flapping-window"),
            FlappingMost = section.Time("flapping-most"),
            Listening = ListeningSettings.From(section),
        };
        if (settings.Compression.FirstOrDefault(name => Dialect.Find(name) is null) is { } stranger)
            throw new ConfigurationException(
                $"moovolt.gateway.compression names {stranger}; spoken here: {string.Join(", ", Dialect.All.Select(one => one.Subprotocol))}.");
        if (settings.CloseTimeout < settings.CloseWithin)
            throw new ConfigurationException("moovolt.gateway.close-timeout must not be shorter than close-within.");
        if (settings.PutOffFor >= settings.AnswerPatience)
            throw new ConfigurationException("moovolt.gateway.put-off-for must be shorter than answer-patience.");
        return settings.AuthorizeMissDelay <= LongestMissDelay
            ? settings
            : throw new ConfigurationException(
                $"moovolt.gateway.authorize-miss-delay must not be longer than {LongestMissDelay.TotalSeconds:F0}s.");
    }
}
