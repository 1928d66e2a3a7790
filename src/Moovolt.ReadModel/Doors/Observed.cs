using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;

namespace Moovolt.ReadModel.Doors;

/// <summary>Which way a frame went. The numbers are stored.</summary>
public enum FrameDirection
{
    FromCharger = 0,
    ToCharger = 1,
}

/// <summary>What a gateway saw and nobody must wait for.</summary>
public abstract record Observed
{
    /// <summary>A frame that was exchanged. Whoever observes it has taken every secret out of it.</summary>
    /// <param name="Action">OCPP's action, when it could be read or is known.</param>
    public sealed record Frame(
        ChargePointId ChargePoint, long Epoch, FrameDirection Direction,
        string? Action, string Text, DateTimeOffset At) : Observed;

    /// <summary>A handshake that failed, or a reason to look at a charger that got in.</summary>
    /// <param name="Identity">As the peer wrote it.</param>
    /// <param name="Code">Stable and kebab-case, such as <c>wrong-password</c>.</param>
    /// <param name="Reason">In plain words; never what the peer sent as a secret.</param>
    /// <param name="Offered">The subprotocols that were offered; null when none were.</param>
    /// <param name="HttpStatus">What was answered: 101 when the socket was there, and this came after.</param>
    public sealed record Attempt(
        string Identity,
        string RemoteAddress,
        string Code,
        string Reason,
        string? Offered,
        int HttpStatus,
        DateTimeOffset At) : Observed;

    /// <summary>Values of a stream that a station told.</summary>
    public sealed record Values(
        ChargePointId ChargePoint, int Stream, ImmutableArray<StreamValue> Told, DateTimeOffset ArrivedAt) : Observed;

    /// <summary>What a station's meters showed outside any transaction.</summary>
    public sealed record Readings(
        ChargePointId ChargePoint, ConnectorId Connector,
        ImmutableArray<Sample> Samples, DateTimeOffset ArrivedAt) : Observed;
}

/// <summary>How much is observed.</summary>
/// <param name="Queue">How many observations may wait; what comes while it is full is dropped and counted.</param>
/// <param name="Batch">How many are written in one transaction.</param>
/// <param name="Pause">
/// Between two batches; with <paramref name="Batch"/> it bounds what observing may cost the database.
/// </param>
/// <param name="SeenEvery">How often the last-seen times that changed are written.</param>
/// <param name="DeviationsEvery">How often the deviations that were counted are written.</param>
/// <param name="Deviations">How many charger-and-rule pairs are counted between two writes.</param>
/// <param name="FramesPerCharger">How many frames of each charger are kept.</param>
/// <param name="FrameLength">How many characters of a frame are kept.</param>
/// <param name="AttemptsPerCharger">
/// How many kinds of failed handshakes (by code and address) are kept of each identity that is a charge point's.
/// </param>
/// <param name="AttemptsOfStrangers">How many are kept of all other identities together.</param>
/// <param name="ReadingsPerCharger">How many readings of each station are kept.</param>
/// <param name="ValuesPerCharger">How many values of all streams of each station are kept.</param>
public sealed record ObservationLimits(
    int Queue,
    int Batch,
    TimeSpan Pause,
    TimeSpan SeenEvery,
    TimeSpan DeviationsEvery,
    int Deviations,
    int FramesPerCharger,
    int FrameLength,
    int AttemptsPerCharger,
    int AttemptsOfStrangers,
    int ReadingsPerCharger,
    int ValuesPerCharger)
{
    public static readonly ObservationLimits Usual = new(
        Queue: 10_000,
        Batch: 1_000,
        Pause: TimeSpan.FromMilliseconds(250),
        SeenEvery: TimeSpan.FromSeconds(30),
        DeviationsEvery: TimeSpan.FromSeconds(3),
        Deviations: 20_000,
        FramesPerCharger: 200,
        FrameLength: 16_384,
        AttemptsPerCharger: 10,
        AttemptsOfStrangers: 10_000,
        ReadingsPerCharger: 10_000,
        ValuesPerCharger: 10_000);
}
