using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.SendLocalList;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, D01: the tokens that the charger may judge by itself. An entry without info takes its token off.
/// </summary>
[OcppAction("SendLocalList", OcppVersion.V201, OcppVersion.V21)]
public sealed record SendLocalList(
    int VersionNumber,
    [OneOf("Differential", "Full")] string UpdateType,
    [MinItems(1)] ImmutableArray<AuthorizationData>? LocalAuthorizationList = null) : ICsmsCall<Wish>
{
    public sealed record Response(
        [OneOf("Accepted", "Failed", "VersionMismatch")] string Status,
        StatusInfo? StatusInfo = null);

    // An empty list is left out: the schema wants one entry at least, and a full update without any empties the list.
    public static Wording ToCall(Wish request) => Wording.Of(new SendLocalList(
        request.Version,
        request.Update == ListUpdate.Full ? "Full" : "Differential",
        request.Entries.IsEmpty
            ? null
            :
            [
                .. request.Entries.Select(entry => new AuthorizationData(
                    IdTokens.Card(entry.Token),
                    entry.Status is { } status
                        ? IdTokens.Info(new Verdict(status, entry.ExpiresAt, entry.Parent))
                        : null)),
            ]));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(
            RequestState.Accepted, Outcome: new LocalListAccepted(VersionNumber, UpdateType == "Full", Entries())),
        "VersionMismatch" => No(
            "VersionMismatch", $"The charger's list has another version than {VersionNumber} would follow.", true),
        "Failed" => No("Failed", "The charger could not store the list.", false),
        _ => heard.Judge(),
    };

    private static StationAnswer No(string code, string words, bool mismatch) =>
        new(RequestState.Rejected, null, code, words, new LocalListRefused(mismatch));

    private ImmutableArray<LocalListEntry> Entries() =>
    [
        .. (LocalAuthorizationList ?? []).Take(LocalLists.Most).Select(entry => new LocalListEntry(
            entry.IdToken.IdToken ?? "",
            entry.IdTokenInfo is { } info ? Enum.TryParse<AuthorizationStatus>(info.Status, out var status)
                ? status : AuthorizationStatus.Invalid : null,
            entry.IdTokenInfo?.CacheExpiryDateTime,
            entry.IdTokenInfo?.GroupIdToken?.IdToken)),
    ];
}
