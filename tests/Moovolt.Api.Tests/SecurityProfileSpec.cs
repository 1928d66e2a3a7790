using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>What an operator can say of a charger's security profile, and what he cannot.</summary>
public sealed class SecurityProfileSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private const string Password = "sixteen-or-more!";

    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task A_profile_left_out_stays_as_the_door_has_it_whatever_is_shown()
    {
        await _operator.Put("charge-points/SEC-A", new { securityProfile = 1, password = Password });
        await bridge.Credentials.PutAsync(new ChargePointId("SEC-A"), 2, null, default); // another node, a moment ago

        var said = await _operator.Put("charge-points/SEC-A", new { displayName = "A" });

        Assert.Equal(2, said["securityProfile"]!.GetValue<int>());
        Assert.Equal(2, (await DoorAsync("SEC-A")).SecurityProfile);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_profile_of_null_lowers_nothing(int profile)
    {
        var id = $"SEC-B{profile}";
        await _operator.Put($"charge-points/{id}", new { securityProfile = profile, password = Password });

        var said = await _operator.Put($"charge-points/{id}", """{"securityProfile":null}""");

        Assert.Equal(profile, said["securityProfile"]!.GetValue<int>());
        Assert.Equal(profile, (await DoorAsync(id)).SecurityProfile);
    }

    [Fact]
    public async Task What_it_has_connected_at_is_shown_and_lowered_only_for_who_says_so()
    {
        await _operator.Put("charge-points/SEC-C", new { securityProfile = 1, password = Password });
        await ConnectAsync("SEC-C", 2);
        var shown = await _operator.Get("charge-points/SEC-C");
        Assert.Equal(2, shown["lowestSecurityProfile"]!.GetValue<int>());
        Assert.Equal(2, shown["connection"]!["securityProfile"]!.GetValue<int>());

        Assert.Equal(200, (await _operator.Put("charge-points/SEC-C", new { displayName = "C" })).Status);
        Assert.Equal(2, (await DoorAsync("SEC-C")).LowestProfile);
        var refused = await _operator.Put("charge-points/SEC-C", new { securityProfile = 1 });
        Assert.Equal(422, refused.Status);
        Assert.Contains("'lowestSecurityProfile': 1", refused["reasons"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(422, (await _operator.Put("charge-points/SEC-C", new { lowestSecurityProfile = 3 })).Status);

        var lowered = await _operator.Put("charge-points/SEC-C", new { securityProfile = 1, lowestSecurityProfile = 1 });
        Assert.Equal(200, lowered.Status);
        Assert.Null(lowered["lowestSecurityProfile"]);
        Assert.Equal((1, 1), ((await DoorAsync("SEC-C")).SecurityProfile, (await DoorAsync("SEC-C")).LowestProfile));
    }

    [Theory]
    [InlineData("commands/set-configuration", """{"key":"SecurityProfile","value":"1"}""")]
    [InlineData("calls/ChangeConfiguration", """{"key":"SecurityProfile","value":"1"}""")]
    public async Task A_charger_is_not_told_to_go_lower_in_words_nor_in_ocpp(string call, string body)
    {
        var sent = 0;
        await bridge.Online("SEC-D", call =>
        {
            Interlocked.Increment(ref sent);
            return Bridge.Willing(call);
        });
        await ConnectAsync("SEC-D", 2);

        var said = await _operator.Post($"charge-points/SEC-D/{call}", body);

        Assert.Equal(422, said.Status);
        Assert.Contains("A00.FR.005", said.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(0, sent);
        var higher = await _operator.Post($"charge-points/SEC-D/{call}", body.Replace("\"1\"", "\"3\"", StringComparison.Ordinal));
        Assert.Equal("accepted", higher.Text("state"));
    }

    [Fact]
    public async Task Whom_its_certificate_must_name_is_kept_and_shown()
    {
        var said = await _operator.Put("charge-points/SEC-E", new { securityProfile = 3, certificateName = "SN-77" });

        Assert.Equal("SN-77", said.Text("certificateName"));
        Assert.Equal("SN-77", (await DoorAsync("SEC-E")).CertificateName);
        Assert.Equal(422, (await _operator.Put("charge-points/SEC-E", new { certificateName = new string('x', 65) })).Status);
        Assert.Null((await _operator.Put("charge-points/SEC-E", """{"certificateName":null}"""))["certificateName"]);
    }

    [Fact]
    public async Task Whether_an_expired_certificate_is_accepted_is_kept_and_shown_and_off_when_nobody_said()
    {
        var before = await _operator.Put("charge-points/SEC-X", new { securityProfile = 3 });
        Assert.False(before["acceptExpired"]!.GetValue<bool>());

        var said = await _operator.Put("charge-points/SEC-X", new { acceptExpired = true });
        Assert.True(said["acceptExpired"]!.GetValue<bool>());
        Assert.True((await DoorAsync("SEC-X")).AcceptExpired);
        Assert.NotEqual(before.Response.Headers.ETag, said.Response.Headers.ETag);
        await _operator.Put("charge-points/SEC-X", new { displayName = "stays as it is" });
        Assert.True((await _operator.Get("charge-points/SEC-X"))["acceptExpired"]!.GetValue<bool>());

        var cleared = await _operator.Put("charge-points/SEC-X", """{"acceptExpired":null}""");
        Assert.False(cleared["acceptExpired"]!.GetValue<bool>());
        Assert.False((await DoorAsync("SEC-X")).AcceptExpired);
    }

    [Theory]
    [Trait("sec", "SEC-08")]
    [InlineData("fifteen-letters")]
    [InlineData("forty-one-characters-are-one-too-many-4141")]
    [InlineData("a password with spaces")]
    [InlineData("a-password-with-\u00e9-in-it")]
    [InlineData("a-password-with-\u0007-in-it")]
    public async Task A_password_that_no_version_has_is_refused_and_nothing_is_changed(string password)
    {
        var said = await _operator.Put("charge-points/SEC-F", new { securityProfile = 1, password });

        Assert.Equal((422, "application/problem+json"), (said.Status, said.Response.Content.Headers.ContentType!.MediaType));
        Assert.Null(await bridge.Credentials.FindAsync(new ChargePointId("SEC-F"), default));
    }

    private async Task ConnectAsync(string id, int profile)
    {
        await bridge.Credentials.RaiseAsync(new ChargePointId(id), profile, default);
        var version = (await bridge.Credentials.FindAsync(new ChargePointId(id), default))?.Version ?? 0;
        await bridge.Ask(new OpenSession(
            new ChargePointId(id), Guid.NewGuid().ToString(), 0, "ocpp1.6", "akka://a", 1, "192.0.2.1", version,
            DateTimeOffset.UtcNow, SecurityProfile: profile));
        await bridge.Shown($"charge-point/{id}");
    }

    private async Task<ReadModel.Doors.Credential> DoorAsync(string id) =>
        (await bridge.Credentials.FindAsync(new ChargePointId(id), default))!; // it was registered
}
