using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, B06: how the charger is set. Its answer has no status: to answer is to be willing.</summary>
[OcppAction("GetVariables", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetVariables(
    [MinItems(1)] ImmutableArray<GetVariableData> GetVariableData) : ICsmsCall<ReadConfiguration>
{
    public sealed record Response([MinItems(1)] ImmutableArray<GetVariableResult> GetVariableResult);

    public static Wording ToCall(ReadConfiguration request)
    {
        if (request.Keys.IsEmpty) return Wording.Of(new GetBaseReport(request.Number, "FullInventory"));
        if (request.Keys.FirstOrDefault(key => Keys.Read(key) is null) is { } wrong)
            return Wording.Impossible(Keys.Unreadable(wrong));
        return Wording.Of(new GetVariables(
        [
            .. request.Keys.Select(Keys.Read).OfType<Key>()
                .Select(key => new GetVariableData(key.Component, key.Variable)),
        ]));
    }

    public StationAnswer ToAnswer(Heard heard)
    {
        var results = ((Response)heard.Response).GetVariableResult;
        if (results.IsDefault) return new StationAnswer(RequestState.Accepted);
        var told = results.Where(result => result.Component is not null && result.Variable is not null).ToList();
        return new StationAnswer(
            RequestState.Accepted,
            Outcome: new ConfigurationRead(
                [.. told.Where(IsThere).Select(Item).DistinctBy(item => item.Key, StringComparer.OrdinalIgnoreCase)],
                [
                    .. told.Where(result => !IsThere(result))
                        .Select(result => Keys.Of(result.Component, result.Variable)).Distinct(),
                ]));
    }

    private static bool IsThere(GetVariableResult result) => result.AttributeStatus is "Accepted" or "Rejected";

    // What may not be read is there all the same: without its value.
    private static ConfigurationItem Item(GetVariableResult result) =>
        Limits.Item(Keys.Of(result.Component, result.Variable), result.AttributeValue, result.AttributeType);
}
