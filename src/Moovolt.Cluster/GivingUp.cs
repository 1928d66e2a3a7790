using Akka.Actor;
using Akka.Event;

namespace Moovolt.Cluster;

/// <summary>
/// The node cannot do its work and must be started anew by whoever runs it: its actor system shuts down for this
/// reason, and the program ends with its exit code.
/// </summary>
/// <param name="why">A sentence for the log.</param>
public sealed class GivingUp(string why) : CoordinatedShutdown.Reason
{
    /// <summary>EX_SOFTWARE of sysexits.h: not a clean end, so that supervisors restart the process.</summary>
    public const int Code = 70;

    public override int ExitCode => Code;

    public override string ToString() => why;

    /// <summary>Says why, and shuts down unless that is under way already.</summary>
    internal static void Now(ActorSystem system, string why)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        if (shutdown.ShutdownReason is not null) return;
        system.Log.Error("{0} This node shuts down with exit code {1}.", why, Code);
        _ = shutdown.Run(new GivingUp(why));
    }
}
