using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// What a charger says without waiting for an answer (OCPP-J 2.1, SEND). Nobody is answered, whatever it is: what it
/// sends before its boot is accepted is as good as not sent.
/// </summary>
internal sealed class Sends(Line line)
{
    /// <summary>Takes what it says, if that can be used. A bug of ours costs this frame, and not the socket.</summary>
    /// <param name="action">As the catalog calls it.</param>
    public bool IsTaken(Frame.Send send, string action, Arrival arrival)
    {
        if (line.Registration != Registration.Accepted)
        {
            line.Deviated(RuleBook.CallBeforeBoot, $"{action} came before its boot was accepted.");
            return false;
        }

        try
        {
            var step = line.Who.Dialect.Handle(send, arrival, out var deviations);
            line.Deviated(deviations);
            if (step?.Values is { } values) line.Gateway.Witness.Values(line.Who.Id, arrival.At, values);
            return step is not null;
        }
        catch (Exception bug)
        {
            line.Gateway.Logger.LogError(bug, "{ChargePoint}: a {Action} could not be handled", line.Who.Id, action);
            return false;
        }
    }
}
