using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// PUT /charge-points/{id}: registers a charge point, changes it, or brings a retired one back. A member left out
/// stays as it is; null clears it.
/// </summary>
internal static class PutChargePoint
{
    private const int LongestName = 100;

    // RFC 5280, upper bounds: a common name has at most 64 characters.
    private const int LongestCertificateName = 64;

    private const int LongestZone = 64;

    internal sealed record Body
    {
        /// <summary>
        /// 0 to 3. When never said: 1 with a password, else 0; null is that again, but lowers nothing that is at 2 or 3.
        /// </summary>
        public Settable<int?> SecurityProfile { get; init; }

        /// <summary>
        /// Lets a charger that has connected at profile 2 or 3 come at a lower one again, 0 to 3. It rises by itself, so it
        /// can only be lowered here.
        /// </summary>
        public int? LowestSecurityProfile { get; init; }

        /// <summary>Whom its certificate must name (CN) at profile 3; null: its identity, or the serial number that it told.</summary>
        public Settable<string?> CertificateName { get; init; }

        /// <summary>
        /// Whether it is let in at profile 3 with a certificate that has expired, and is good otherwise. It is then asked at
        /// once to have a new one signed, its boot is answered Pending, and nothing else of it is taken until it comes with
        /// that. False when never said.
        /// </summary>
        public Settable<bool?> AcceptExpired { get; init; }

        /// <summary>16 to 40 characters, or a 1.6 key of 32 to 40 hex digits. It is never shown again.</summary>
        public Settable<string?> Password { get; init; }

        public Settable<string?> DisplayName { get; init; }

        /// <summary>What its BootNotification is answered; accepted when never said.</summary>
        public Settable<Registration?> Registration { get; init; }

        /// <summary>What it does with tokens that nobody defined; refuse when never said.</summary>
        public Settable<UnknownTokens?> UnknownTokens { get; init; }

        /// <summary>What it says is held to the letter of the specification, for conformance runs; false when never said.</summary>
        public Settable<bool?> Strict { get; init; }

        /// <summary>The quirk profile that it is heard with, or none; null: whichever fits what it says at boot.</summary>
        public Settable<string?> QuirkProfile { get; init; }

        /// <summary>
        /// Where it stands: a name of the IANA database, such as America/Sao_Paulo. With the tolerance local-time the
        /// times that it tells without an offset are meant so; null: in the zone of its quirk profile.
        /// </summary>
        public Settable<string?> TimeZone { get; init; }
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/charge-points/{id}", Handle)
            .WithName(nameof(PutChargePoint))
            .WithSummary("Register a charge point, or change it")
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status409Conflict,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<ChargePointResource>, Created<ChargePointResource>, Problem>> Handle(
        string id,
        Body body,
        Entities entities,
        Credentials credentials,
        ChargePointTable table,
        Settling settling,
        QuirkProfiles quirks,
        TimeProvider clock,
        HttpContext http)
    {
        var cancellation = http.RequestAborted;
        if (!ChargePointId.TryParse(id, out var known))
            return Problem.Wrong("An identity has 1 to 48 characters out of A-Z a-z 0-9 * - _ = + | @ . : and the space inside.");

        // The charge point first: who cannot be changed must find the door as it was. It knows its operator's last word,
        // too, which the tables may not show yet.
        var standing = await entities.Ask(new FindProtocol(known), cancellation);
        if (standing is Reply.Refused { NotFound: false } unreadable) return Problem.Of(unreadable);

        var isBound = Versions.AreAsked(http.Request);
        if (isBound && !await settling.Of(known, cancellation)) return Versions.Unknown;
        var before = await table.FindAsync(known, cancellation);
        if (Versions.Unwanted(http.Request, ChargePointResource.TagOf(before)) is { } unwanted) return unwanted;

        var door = await credentials.FindAsync(known, cancellation);
        var profile = Profile(body, before, door);
        var reasons = Reasons(body, profile, door).Concat(TooLow(body, profile, door)).Concat(Unknown(body, quirks)).ToArray();
        if (reasons.Length > 0) return Problem.Wrong("The charge point cannot be as it was asked for.", [.. reasons]);

        // The door's row first: from then on an old password is refused on every node. Who asked may be gone by now; the
        // charge point is told all the same, or a session made with the old password would live on. And it is told in any
        // case: a version is asked for only where the door has not changed already.
        var credential = await Change(
            credentials, known, body, body.SecurityProfile.IsSet || door?.SecurityProfile != profile ? profile : null);
        var seenAt = isBound && credential.Version == (door?.Version ?? 0) ? (standing as ProtocolStanding)?.Registered?.At : null;
        var wanted = Wanted(known, body, before, credential, http.User.Operator(), clock.GetUtcNow()) with { SeenAt = seenAt };
        var reply = await entities.Ask(wanted, CancellationToken.None);
        if (reply is Reply.Refused refused) return Problem.Of(refused);

        await settling.Of(known, cancellation);
        if (await table.FindAsync(known, cancellation) is not { } row)
            return Problem.Unavailable("It is registered, but what people look at does not show it yet. Read it in a moment.");

        if (reply is RegistrationStanding { Registered: var registered }) row = Shown(row, registered);
        http.Response.GetTypedHeaders().ETag = ChargePointResource.TagOf(row);
        var resource = ChargePointResource.Of(row);
        return before is null && standing is Reply.Refused
            ? TypedResults.Created($"/api/v1/charge-points/{Segment.Escape(id)}", resource)
            : TypedResults.Ok(resource);
    }

    // The charge point itself fills in what was not said. What stands there is for members of the release before.
    private static RegisterChargePoint Wanted(
        ChargePointId id, Body body, ChargePointRow? before, Credential credential, string by, DateTimeOffset now) => new(
        id,
        body.DisplayName.Over(before?.DisplayName),
        credential.SecurityProfile,
        credential.Version,
        body.Registration.Over(Read<Registration>(before?.Registration)) ?? Registration.Accepted,
        body.UnknownTokens.Over(Read<UnknownTokens>(before?.UnknownTokens)) ?? UnknownTokens.Refuse,
        by,
        now,
        body.Strict.Over(before?.Strict) ?? false,
        body.QuirkProfile.Over(before?.QuirkProfile),
        body.LowestSecurityProfile,
        credential.CertificateName,
        body.TimeZone.Over(before?.TimeZone),
        body.DisplayName.As(RegistrationMembers.DisplayName) | body.Registration.As(RegistrationMembers.Registration)
            | body.UnknownTokens.As(RegistrationMembers.UnknownTokens) | body.Strict.As(RegistrationMembers.Strict)
            | body.QuirkProfile.As(RegistrationMembers.QuirkProfile) | body.TimeZone.As(RegistrationMembers.TimeZone)
            | body.AcceptExpired.As(RegistrationMembers.AcceptExpired),
        AcceptExpired: credential.AcceptExpired);

    // The row in the charge point's own words, which are true however far the tables are behind.
    private static ChargePointRow Shown(ChargePointRow row, ChargePointRegistered registered) => row with
    {
        DisplayName = registered.DisplayName,
        Registered = true,
        Retired = false,
        SecurityProfile = registered.SecurityProfile,
        Registration = registered.Registration.ToString().ToLowerInvariant(),
        UnknownTokens = registered.UnknownTokens.ToString().ToLowerInvariant(),
        Strict = registered.Strict,
        QuirkProfile = registered.QuirkProfile,
        CertificateName = registered.CertificateName,
        TimeZone = registered.TimeZone,
        AcceptExpired = registered.AcceptExpired,
    };

    private static int Profile(Body body, ChargePointRow? before, Credential? credential)
    {
        // The door's row, which is never behind. A 0 that nobody said is only what it had for want of a password.
        var standing = credential?.SecurityProfile ?? before?.SecurityProfile;
        if (standing is 0 && credential is not { IsProfileSaid: true }) standing = null;
        var hasSecret = body.Password.IsSet ? body.Password.Value is not null : credential is { HasSecret: true };
        var usual = hasSecret ? 1 : 0;
        return body.SecurityProfile.IsSet
            ? body.SecurityProfile.Value ?? (standing >= SecurityProfiles.Lowest ? standing.Value : usual)
            : standing ?? usual;
    }

    // The ratchet turns back for whoever says so, and for nobody by the way (security whitepaper, A00.FR.005).
    private static IEnumerable<string> TooLow(Body body, int profile, Credential? credential)
    {
        var lowest = credential?.LowestProfile ?? 0;
        if (body.LowestSecurityProfile is < 0 or > 3) yield return "'lowestSecurityProfile' is 0, 1, 2 or 3.";
        else if (body.LowestSecurityProfile > lowest)
            yield return "'lowestSecurityProfile' rises by itself when the charger connects so; it can only be lowered here.";
        else if (body.SecurityProfile.IsSet && profile < (body.LowestSecurityProfile ?? lowest))
            yield return $"It has connected at security profile {lowest}, and is not let in at a lower one. To let it in at "
                + $"{profile} again say 'lowestSecurityProfile': {profile} too.";
    }

    private static IEnumerable<string> Reasons(Body body, int profile, Credential? credential)
    {
        if (profile is < 0 or > 3) yield return "'securityProfile' is 0, 1, 2 or 3.";
        if (body.DisplayName.Value is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > LongestName))
            yield return $"'displayName' has 1 to {LongestName} characters, or is null.";
        if (body.Password.Value is { } password && Passwords.Wrong(password) is { } wrong) yield return wrong;
        if (body.CertificateName.Value is { } cn && (string.IsNullOrWhiteSpace(cn) || cn.Length > LongestCertificateName))
            yield return $"'certificateName' has 1 to {LongestCertificateName} characters, or is null.";

        if (body.TimeZone.Value is { } zone && !IsZone(zone))
            yield return "'timeZone' is a name of the IANA database, such as America/Sao_Paulo, or null.";

        var hasSecret = body.Password.IsSet ? body.Password.Value is not null : credential is { HasSecret: true };
        if (profile is 1 or 2 && !hasSecret) yield return $"Security profile {profile} needs a 'password'.";
    }

    private static bool IsZone(string name) => name.Length <= LongestZone
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name;

    private static IEnumerable<string> Unknown(Body body, QuirkProfiles quirks)
    {
        if (body.QuirkProfile.Value is { } name && name != QuirkProfiles.NoProfile && quirks.Find(name) is null)
            yield return $"'quirkProfile' is {string.Join(", ", quirks.All.Select(profile => profile.Name))}, "
                + $"{QuirkProfiles.NoProfile}, or null for whichever fits.";
    }

    private static async Task<Credential> Change(
        Credentials credentials, ChargePointId id, Body body, int? profile)
    {
        if (body.Password is { IsSet: true, Value: null }) await credentials.ClearAsync(id, CancellationToken.None);
        ReadOnlyMemory<byte>? stays = null; // a null array would become an empty secret instead
        return await credentials.PutAsync(
            id,
            profile,
            body.Password.Value is { } password ? Passwords.Octets(password) : stays,
            CancellationToken.None,
            old => old with
            {
                IsProfileSaid = body.SecurityProfile.IsSet ? body.SecurityProfile.Value is not null : old.IsProfileSaid,
                LowestProfile = Math.Min(old.LowestProfile, body.LowestSecurityProfile ?? old.LowestProfile),
                CertificateName = body.CertificateName.Over(old.CertificateName),
                AcceptExpired = body.AcceptExpired.Over(old.AcceptExpired) ?? false,
            });
    }

    private static T? Read<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var value) ? value : null;
}
