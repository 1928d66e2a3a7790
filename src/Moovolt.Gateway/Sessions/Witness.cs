using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Puts on record what goes over the sockets, without its secrets. A frame is logged here, once, and nowhere else.
/// </summary>
internal sealed class Witness(Observations observations, TimeProvider time, ILogger logger)
{
    private const int LongestAction = 50;
    private const int SwitchingProtocols = 101;

    /// <param name="text">The frame, without its secrets.</param>
    /// <param name="about">The action that a frame belongs to which does not name it; null when it is not known.</param>
    public void Received(ChargePointId from, long epoch, Frame frame, string text, string? about = null)
    {
        observations.Seen(from, time.GetUtcNow());
        var action = frame switch
        {
            Frame.Call call => call.Action,
            Frame.Send send => send.Action,
            _ => about,
        };
        Note(from, epoch, FrameDirection.FromCharger, action?[..Math.Min(action.Length, LongestAction)], text);
    }

    /// <param name="text">The frame, without its secrets.</param>
    public void Sent(ChargePointId to, long epoch, string? action, string text) =>
        Note(to, epoch, FrameDirection.ToCharger, action, text);

    /// <summary>A charger says that it could not use what it was answered.</summary>
    /// <param name="why">Its code and its words, without any secrets.</param>
    public void ResultRefused(ChargePointId by, string action, string why) =>
        logger.LogWarning("{ChargePoint} could not use our answer to its {Action}: {Why}", by, action, OneLine(why));

    public void Readings(ChargePointId from, DateTimeOffset at, StationSamples samples) =>
        observations.Readings(from, samples.Connector, samples.Samples, at);

    public void Values(ChargePointId from, DateTimeOffset at, StreamValues values) =>
        observations.Values(from, values.Stream, values.Values, at);

    /// <summary>A charger did not keep to a rule: counted, for its report.</summary>
    /// <param name="example">Where and how, without its secrets.</param>
    public void Deviated(ChargePointId who, Rule rule, string example) =>
        observations.Deviated(who, rule.Code, example, time.GetUtcNow());

    /// <summary>
    /// A charger that got in has given a reason to look at it: on record beside the handshakes that failed.
    /// </summary>
    /// <param name="code">Stable and kebab-case.</param>
    public void Misconduct(Who who, string code, string reason)
    {
        observations.Attempt(new Observed.Attempt(
            who.Id.Value, who.RemoteAddress, code, reason,
            who.Dialect.Subprotocol, SwitchingProtocols, time.GetUtcNow()));
        logger.LogDebug("{ChargePoint} from {RemoteAddress}: {Reason}", who.Id, who.RemoteAddress, reason);
    }

    /// <summary>A charger was let in with a certificate that has expired, as its operator wishes.</summary>
    public void Renewing(Who who, DateTimeOffset expiredAt)
    {
        Misconduct(
            who, "expired-certificate", $"Its certificate expired at {expiredAt:u}. It was let in all the same (acceptExpired), "
                + "to have a new one signed; until it comes with that its boot is answered Pending.");
        logger.LogWarning(
            "{ChargePoint} is connected with a certificate that expired at {ExpiredAt}: it is asked to renew it", who.Id, expiredAt);
    }

    private void Note(ChargePointId who, long epoch, FrameDirection direction, string? action, string text)
    {
        observations.Frame(who, epoch, direction, action, text, time.GetUtcNow());
        if (logger.IsEnabled(LogLevel.Debug))
            logger.LogDebug("{ChargePoint} {Direction} {Frame}", who, direction, OneLine(text));
    }

    // What a charger says may not begin a new line of the log, nor command a terminal.
    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.Contains('\u007f')
            ? text
            : string.Create(text.Length, text, static (line, from) =>
            {
                for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            });
}
