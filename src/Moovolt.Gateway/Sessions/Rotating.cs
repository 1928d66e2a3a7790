using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// A charger's password is changed by the session that says so: it makes the password up, so that no message between
/// nodes carries it, has what is kept of it stored before the call leaves, and switches the door when the charger has
/// taken it (security whitepaper, A01). A crash in between leaves both passwords good, and no charger stranded.
/// </summary>
internal sealed class Rotating(Line line)
{
    private const int Tries = 5;

    private const string Undecided =
        "The charger may hold the password of a rotation before, or it has none at all. Until it comes back with one of "
        + "them both are accepted: a reset makes it come back.";

    private const string Overtaken =
        "Meanwhile an operator has changed the password here: the one that the charger took opens nothing.";

    private static readonly TimeSpan StoredWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>What is kept of a new password is stored, or is not: then nothing may be sent.</summary>
    /// <param name="WhyNot">The error code and a sentence; null when it is stored.</param>
    public sealed record Prepared(string RequestId, (string Code, string Why)? WhyNot);

    /// <summary>The door is switched, or stays as it was, by what the charger said.</summary>
    public sealed record Settled(string RequestId, StationAnswer Answer);

    public static RotatePassword Make() =>
        RotatePassword.Giving(new Secret(RandomNumberGenerator.GetBytes(Secret.Length)));

    /// <summary>True when the door must be settled before the answer is told.</summary>
    public static bool Concerns(StationAnswer answer) =>
        answer.Outcome is PasswordTaken { Switched: true } or PasswordKept;

    /// <summary>Stores what is kept of the new password; then <see cref="Prepared"/> comes.</summary>
    public void Prepare(string requestId, Secret password)
    {
        line.Await(
            ProposeAsync(requestId, line.Who.Dialect.ProofOf(password)),
            stored => new Prepared(requestId, stored ? null : ("rotationPending", Undecided)),
            failure =>
            {
                line.Gateway.Logger.LogWarning(
                    "{ChargePoint} is given no password, since nothing can be stored: {Reason}",
                    line.Who.Id, failure.Message);
                return new Prepared(requestId, ("notStored", "Nothing could be stored, so no password was sent."));
            });
    }

    /// <summary>Switches the door by what the charger said; then <see cref="Settled"/> comes.</summary>
    public void Settle(string requestId, StationAnswer answer) => line.Await(
        SettleAsync(requestId, answer.Outcome is PasswordTaken),
        row => new Settled(requestId, Judge(row, requestId, answer)),
        failure =>
        {
            line.Gateway.Logger.LogWarning(
                "{ChargePoint} has answered for its password and nothing can be stored, so both are accepted: {Reason}",
                line.Who.Id, failure.Message);
            return new Settled(requestId, answer.Outcome is PasswordTaken
                ? answer with { Outcome = new PasswordTaken(Switched: false) }
                : answer with { Outcome = null });
        });

    // An operator may have given it another one meanwhile: that one counts, and the charger does not know it.
    private static StationAnswer Judge(Credential row, string requestId, StationAnswer answer) =>
        answer.Outcome is PasswordKept || row.RotatedBy == requestId
            ? answer
            : answer with { ErrorDescription = Overtaken, Outcome = new PasswordKept() };

    private async Task<bool> ProposeAsync(string requestId, byte[] proof)
    {
        using var patience = new CancellationTokenSource(StoredWithin);
        return await line.Gateway.Credentials.ProposeAsync(line.Who.Id, requestId, proof, patience.Token);
    }

    private async Task<Credential> SettleAsync(string requestId, bool taken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var patience = new CancellationTokenSource(StoredWithin);
                return await line.Gateway.Credentials.SettleAsync(line.Who.Id, requestId, taken, patience.Token);
            }
            catch (Exception away) when (tries < Tries && (Credentials.IsAway(away) || away is OperationCanceledException))
            {
                await Task.Delay(BetweenTries, line.Gateway.Time);
            }
        }
    }
}
