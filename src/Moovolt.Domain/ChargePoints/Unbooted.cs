namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// What a charger may be asked before its boot is accepted. It may always be told to boot. One that was answered Pending
/// may be looked into and set up, and must not be told to charge (OCPP 1.6, 4.2; 2.0.1, B02). One that was answered
/// Rejected hears nothing else.
/// </summary>
internal static class Unbooted
{
    private const int Patience = 30; // seconds

    // By what is sent as it is, an operator does the same as by commands (2.0.1, B02.FR.01 and B05 to B08).
    private static readonly string[] SettingUp =
    [
        "GetConfiguration", "ChangeConfiguration", "GetVariables", "SetVariables", "GetBaseReport", "GetReport",
        "TriggerMessage", "ExtendedTriggerMessage",
    ];

    public static bool MayBeAsked(ChargePoint state, StationRequest request) => state.Session is not null && request switch
    {
        Trigger { What: TriggeredMessage.Boot } => state.IsRenewing || state.Boot?.Registration != Registration.Accepted,
        Trigger or ReadConfiguration or WriteConfiguration or SendCertificate => IsPending(state),
        RawCall raw => IsPending(state) && SettingUp.Contains(raw.Action),
        _ => false,
    };

    public static Decision Ask(ChargePoint state, AskForBoot c)
    {
        if (state.Session?.Epoch != c.Epoch || !Owes(state)) return new(new Reply.Repeated());
        var asked = FollowUps.Ask(
            state, new Decision(null), c.Id, FollowUps.Id(c.Id, $"boot {c.Epoch}"),
            new Trigger(TriggeredMessage.Boot, null), Patience, c.At);
        return asked with { Reply = new Reply.Accepted() };
    }

    /// <summary>
    /// Whether it is to be asked to boot if it does not by itself: it never has, or its certificate has expired since, or
    /// it has a good one again and was last told to wait.
    /// </summary>
    public static bool Owes(ChargePoint state) => state.Session is { } session && state.Wished == Registration.Accepted
        && (state.Boot is not { } boot || (boot.Epoch < session.Epoch
            && boot.Registration != Registration.Rejected && boot.Registration != state.Registration));

    private static bool IsPending(ChargePoint state) => state.Boot?.Registration == Registration.Pending
        || (state.IsRenewing && state.Boot?.Registration == Registration.Accepted);
}
