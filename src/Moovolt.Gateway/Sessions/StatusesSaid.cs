using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// The latest that a charger has said of each connector over this connection, by its own clock. A status that changes
/// nothing is no event, yet it proves that what is told after it and is older than it is history.
/// </summary>
internal sealed class StatusesSaid
{
    /// <summary>As many connectors as a charge point's entity keeps.</summary>
    private const int Most = 256;

    private readonly List<(ConnectorId Connector, SaidAt Said)> latest = new(0);

    /// <summary>The same command, and what was said before of its connector.</summary>
    public Command With(Command command)
    {
        if (command is not ReportStatus status) return command;
        var said = new SaidAt(status.ChargerAt, status.At);
        var known = latest.FindIndex(one => one.Connector == status.Connector);
        if (known < 0)
        {
            if (latest.Count < Most) latest.Add((status.Connector, said));
            return status;
        }

        var before = latest[known].Said;
        if ((said.ChargerAt ?? said.At) >= (before.ChargerAt ?? before.At)) latest[known] = (status.Connector, said);
        return status with { Latest = before };
    }
}
