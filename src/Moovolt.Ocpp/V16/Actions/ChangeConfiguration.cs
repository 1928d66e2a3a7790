using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 5.3: sets one key. "RebootRequired" is a yes too: it is stored, and holds after the next start. The key
/// AuthorizationKey is the charger's password (security whitepaper, A01): what is said of it is said of the password.
/// </summary>
[OcppAction("ChangeConfiguration", OcppVersion.V16)]
public sealed record ChangeConfiguration(
    [MaxLength(50)] string Key,
    [MaxLength(500)] string Value) : ICsmsCall<WriteConfiguration>, ICsmsCall<RotatePassword>
{
    private const string PasswordKey = "AuthorizationKey";

    // After these a charger has done nothing; after an InternalError or a GenericError, who knows.
    private static readonly string[] NothingDone =
    [
        "NotImplemented", "NotSupported", "ProtocolError", "SecurityError", "FormationViolation", "FormatViolation",
        "PropertyConstraintViolation", "OccurenceConstraintViolation", "OccurrenceConstraintViolation",
        "TypeConstraintViolation",
    ];

    public sealed record Response([OneOf("Accepted", "Rejected", "RebootRequired", "NotSupported")] string Status);

    int? ICsmsCall.SecurityProfile => SecurityProfileKey.In(Key, Value);

    // One at a time: a charger of this version never says that it takes more.
    public static Wording ToCall(WriteConfiguration request) => request.More.IsEmpty
        ? Wording.Of(new ChangeConfiguration(request.Key, request.Value))
        : Wording.Impossible("OCPP 1.6 sets one key in a message.");

    public static Wording ToCall(RotatePassword request) => request.New is { } password
        ? Wording.Of(new ChangeConfiguration(PasswordKey, password.Hex))
        : Wording.Impossible("A new password is made by the session that says it.");

    public Outcome? Refused(string errorCode) =>
        IsPassword && NothingDone.Contains(errorCode) ? new PasswordKept() : null;

    public StationAnswer ToAnswer(Heard heard) => IsPassword ? OfPassword(heard) : heard.Status switch
    {
        "Accepted" => Taken(rebootRequired: false),
        "RebootRequired" => Taken(rebootRequired: true),
        "NotSupported" => new StationAnswer(
            RequestState.Rejected, null, "NotSupported", $"The charger has no key {Key}.", new ConfigurationUnknown(Key)),
        "Rejected" => new StationAnswer(
            RequestState.Rejected, null, "Rejected", $"The charger has the key {Key}, and does not take that value for it."),
        _ => heard.Judge(),
    };

    private bool IsPassword => string.Equals(Key, PasswordKey, StringComparison.OrdinalIgnoreCase);

    // A01.FR.03 and FR.04: only "Accepted" is a yes, only "Rejected" and "NotSupported" are a no.
    private static StationAnswer OfPassword(Heard heard) => heard.Status switch
    {
        "Accepted" => new StationAnswer(RequestState.Accepted, Outcome: new PasswordTaken(Switched: true)),
        "RebootRequired" => new StationAnswer(RequestState.Accepted, Outcome: new PasswordTaken(Switched: false)),
        "Rejected" => new StationAnswer(
            RequestState.Rejected, null, "Rejected", "The charger did not take the new password.", new PasswordKept()),
        "NotSupported" => new StationAnswer(
            RequestState.Rejected, null, "NotSupported", "The charger's password cannot be changed so.", new PasswordKept()),
        _ => heard.Judge(),
    };

    private StationAnswer Taken(bool rebootRequired) => new(
        RequestState.Accepted, Outcome: new ConfigurationWritten(Limits.Item(Key, Value), rebootRequired));
}
