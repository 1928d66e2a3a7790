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

    public static Wording ToCall(WriteConfiguration request) => Keys.Read(request.Key) is { } key
        ? Wording.Of(new SetVariables([new SetVariableData(request.Value, key.Component, key.Variable)]))
        : Wording.Impossible(Keys.Unreadable(request.Key));

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
        (response.SetVariableResult is [var only] ? only.AttributeStatus : null) switch
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
        var no = results.FirstOrDefault(result => result.AttributeStatus is not ("Accepted" or "RebootRequired"));
        if (no is not null) return Refusal(no);

        // Of several, as a raw call may set them, the last one is what is remembered of the answer.
        var set = SetVariableData[^1];
        return new(RequestState.Accepted, Outcome: new ConfigurationWritten(
            ConfigurationItem.Of(Keys.Of(set.Component, set.Variable), set.AttributeValue),
            results.Any(result => result.AttributeStatus == "RebootRequired")));
    }

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
