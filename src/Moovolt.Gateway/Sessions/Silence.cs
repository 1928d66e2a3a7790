using System.Net.WebSockets;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Ends a socket over which nothing is said. At first a charger owes us a frame: pings show that a network stack is
/// there, not that a charger is. Later pings find the dead; where chargers need not answer them, their frames must do.
/// </summary>
internal sealed class Silence(Line line)
{
    private const int HeartbeatsMissed = 3;

    private TimeSpan? heardAt;

    /// <summary>When it has lasted too long; null while that cannot be, or is not known yet.</summary>
    public TimeSpan? DueAt => !line.IsRegistered ? null // and there is another limit to that
        : heardAt is null ? FirstFrameWithin
        : NeedAnswerNoPings ? heardAt + (HeartbeatsMissed * Settings.HeartbeatInterval)
        : null;

    /// <summary>A frame has come.</summary>
    public void Break() => heardAt = line.Now;

    /// <summary>Does what is due.</summary>
    public void Check()
    {
        if (!(DueAt <= line.Now)) return;
        if (heardAt is null)
        {
            var why = $"no frame came within {FirstFrameWithin.TotalSeconds:0.###} s of the handshake";
            line.Gateway.Witness.Misconduct(line.Who, "no-first-frame", why);
            End("first-frame", why);
        }
        else
        {
            End("idle", $"no frame came in {HeartbeatsMissed} heartbeat intervals");
        }
    }

    // A charger that was accepted in a session before need not boot again (OCPP-J 1.6, 5.4): its next heartbeat is
    // the first that it has to say.
    private TimeSpan FirstFrameWithin =>
        Settings.FirstFrameAwaitsHeartbeat && line.Registration == Registration.Accepted
            ? Settings.HeartbeatInterval + Settings.FirstFrameTimeout
            : Settings.FirstFrameTimeout;

    private bool NeedAnswerNoPings =>
        Settings.PingTimeout == TimeSpan.Zero || line.Who.Manner.Has(Tolerances.NoPings);

    private GatewaySettings Settings => line.Gateway.Settings;

    private void End(string limit, string why)
    {
        line.Gateway.Metrics.LimitHit(limit);
        line.Pump.Close(WebSocketCloseStatus.PolicyViolation, why);
    }
}
