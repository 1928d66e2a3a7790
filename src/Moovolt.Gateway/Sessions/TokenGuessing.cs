using Microsoft.Extensions.Logging;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Who guesses tokens gets his answers slowly, and operators hear of it. Nothing is refused: a broken reader looks the
/// same, and so does a row of drivers with cards from elsewhere.
/// </summary>
internal static class TokenGuessing
{
    /// <summary>A token was not accepted.</summary>
    /// <returns>How long its answer is held back.</returns>
    public static TimeSpan Saw(Line line)
    {
        var (gateway, settings) = (line.Gateway, line.Gateway.Settings);
        var misses = gateway.TokenMisses.Saw(line.Who.Id);
        if (misses == Recurrence.Usual) return TimeSpan.Zero;
        gateway.Metrics.LimitHit("authorize-misses");
        if (misses == Recurrence.Alarming)
        {
            var what = $"TokenGuessing: more than {settings.AuthorizeMisses} tokens were not accepted within "
                + $"{settings.AuthorizeMissesWindow.TotalSeconds:0.###} s";
            gateway.Logger.LogWarning("{ChargePoint}: {Alarm}", line.Who.Id, what);
            gateway.Witness.Misconduct(line.Who, "token-guessing", what);
        }

        return settings.AuthorizeMissDelay;
    }
}
