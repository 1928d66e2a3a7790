using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.SendLocalList;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 5.15: the tokens that the charger may judge by itself. An entry without info takes its token off.
/// </summary>
[OcppAction("SendLocalList", OcppVersion.V16)]
public sealed record SendLocalList(
    int ListVersion,
    ImmutableArray<SendLocalList.AuthorizationData>? LocalAuthorizationList,
    [OneOf("Differential", "Full")] string UpdateType) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Failed", "NotSupported", "VersionMismatch")] string Status);

    /// <summary>OCPP 1.6, 7.1.</summary>
    public sealed record AuthorizationData([MaxLength(IdTags.MaxLength)] string IdTag, IdTagInfo? IdTagInfo);

    public static Wording ToCall(Wish request) => Wording.Of(new SendLocalList(
        request.Version,
        [.. request.Entries.Select(entry => new AuthorizationData(
            entry.Token,
            entry.Status is { } status ? IdTagInfo.Of(new Verdict(status, entry.ExpiresAt, entry.Parent)) : null))],
        request.Update == ListUpdate.Full ? "Full" : "Differential"));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new StationAnswer(
            RequestState.Accepted, Outcome: new LocalListAccepted(ListVersion, UpdateType == "Full", Entries())),
        "VersionMismatch" => No(
            "VersionMismatch",
            $"The charger's list has another version than {ListVersion} would follow.", new LocalListRefused(true)),
        "Failed" => No("Failed", "The charger could not store the list.", new LocalListRefused(false)),
        "NotSupported" => No("NotSupported", "The charger supports no local list, or has it switched off.", null),
        _ => heard.Judge(),
    };

    private static StationAnswer No(string code, string words, Outcome? outcome) =>
        new(RequestState.Rejected, null, code, words, outcome);

    private ImmutableArray<LocalListEntry> Entries() =>
    [
        .. (LocalAuthorizationList ?? []).Take(LocalLists.Most).Select(entry => new LocalListEntry(
            entry.IdTag,
            entry.IdTagInfo is { } info ? Enum.Parse<AuthorizationStatus>(info.Status) : null, // OCPP's words are ours
            entry.IdTagInfo?.ExpiryDate,
            entry.IdTagInfo?.ParentIdTag)),
    ];
}
