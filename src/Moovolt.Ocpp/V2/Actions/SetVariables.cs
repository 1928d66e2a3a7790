using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, B05: sets variables. "RebootRequired" is a yes too: it is stored, and holds after the next start.
/// </summary>
[OcppAction("SetVariables", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetVariables(
    [MinItems(1)] ImmutableArray<SetVariableData> SetVariableData) : ICsmsCall<WriteConfiguration>, ICsmsCall<RotatePassword>
{
    public sealed record Response([MinItems(1)] ImmutableArray<SetVariableResult> SetVariableResult);

    private const string SecurityComponent = "SecurityCtrlr";
    private const string PasswordVariable = "BasicAuthPassword";

    // After these a charger has done nothing; after an InternalError or a GenericError, who knows.
    private static readonly string[] NothingDone =
    [
        "NotImplemented", "NotSupported", "ProtocolError", "SecurityError", "FormatViolation",
        "PropertyConstraintViolation", "OccurrenceConstraintViolation", "TypeConstraintViolation",
    ];

    public static Wording ToCall(WriteConfiguration request)
    {
        var settings = request.All();
        if (settings.FirstOrDefault(setting => Keys.Read(setting.Key) is null) is { } wrong)
            return Wording.Wrong(Keys.Unreadable(wrong.Key));
        return Wording.Of(new SetVariables(
        [
            .. from setting in settings
               let key = Keys.Read(setting.Key)!
               select new SetVariableData(setting.Value, key.Component, key.Variable),
        ]));
    }

    public static Wording ToCall(RotatePassword request) => request.New is { } password
        ? Wording.Of(new SetVariables(
            [new SetVariableData(password.Hex, new Component(SecurityComponent), new Variable(PasswordVariable))]))
        : Wording.Impossible("A new password is made by the session that says it.");

    public Outcome? Refused(string errorCode) =>
        IsPassword && NothingDone.Contains(errorCode) ? new PasswordKept() : null;

    public StationAnswer ToAnswer(Heard heard) => IsPassword ? OfPassword((Response)heard.Response) : OfVariables(heard);

    private bool IsPassword => SetVariableData is [{ Component.Name: SecurityComponent, Variable.Name: PasswordVariable }];

    // A01: only "Accepted" is a yes, and only what says that nothing was done is a no.
    private static StationAnswer OfPassword(Response response) =>
        (response.SetVariableResult is { IsDefault: false, Length: 1 } results ? results[0].AttributeStatus : null) switch
        {
            "Accepted" => new(RequestState.Accepted, Outcome: new PasswordTaken(Switched: true)),
            "RebootRequired" => new(RequestState.Accepted, Outcome: new PasswordTaken(Switched: false)),
            "Rejected" => new(
                RequestState.Rejected, null, "Rejected", "The charger did not take the new password.", new PasswordKept()),
            "UnknownComponent" or "UnknownVariable" or "NotSupportedAttributeType" => new(
                RequestState.Rejected, null, "NotSupported", "The charger's password cannot be changed so.",
                new PasswordKept()),
            _ => new(RequestState.Rejected, null, "Rejected", "The charger does not say what it did."),
        };

    private StationAnswer OfVariables(Heard heard)
    {
        var results = ((Response)heard.Response).SetVariableResult;
        if (results.IsDefaultOrEmpty)
            return new(RequestState.Rejected, null, "Rejected", "The charger does not say what it did.");
        var answer = results.FirstOrDefault(result => !IsYes(result)) is { } no ? Refusal(no) : new(RequestState.Accepted);
        ImmutableArray<ConfigurationItem> taken =
        [
            .. SetVariableData.Where(set => results.Any(result => IsYes(result) && IsOf(result, set)))
                .Select(set => Limits.Item(Keys.Of(set.Component, set.Variable), set.AttributeValue, set.AttributeType)),
        ];
        if (taken is not [var first, .. var more]) return answer;
        return answer with
        {
            Outcome = new ConfigurationWritten(
                first, results.Any(result => result.AttributeStatus == "RebootRequired"), more),
        };
    }

    private static bool IsYes(SetVariableResult result) => result.AttributeStatus is "Accepted" or "RebootRequired";

    // Results may come in any order (OCPP 2.0.1, B05); of a single one, what it names need not be read.
    private bool IsOf(SetVariableResult result, SetVariableData set) => SetVariableData.Length == 1
        || (result.Component is not null && result.Variable is not null
            && (result.AttributeType ?? "Actual") == (set.AttributeType ?? "Actual")
            && Keys.Of(result.Component, result.Variable) == Keys.Of(set.Component, set.Variable));

    private static StationAnswer Refusal(SetVariableResult result)
    {
        var key = result.Component is null || result.Variable is null
            ? "variable"
            : Keys.Of(result.Component, result.Variable);
        return result.AttributeStatus switch
        {
            "UnknownComponent" or "UnknownVariable" => new(
                RequestState.Rejected, null, result.AttributeStatus, $"The charger has no {key}.",
                new ConfigurationUnknown(key)),
            "NotSupportedAttributeType" => new(
                RequestState.Rejected, null, "NotSupportedAttributeType", $"{key} cannot be set."),
            _ => new(
                RequestState.Rejected, null, "Rejected",
                $"The charger has {key}, and does not take that value for it.{Because(result)}"),
        };
    }

    private static string Because(SetVariableResult result) =>
        result.AttributeStatusInfo is { } why ? $" It says {why.ReasonCode}. {why.AdditionalInfo}".TrimEnd() : "";
}
