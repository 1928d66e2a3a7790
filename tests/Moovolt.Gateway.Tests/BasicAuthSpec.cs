using System.Text;
using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class BasicAuthSpec
{
    private const string Password = "a-password-of-24-letters";

    [Fact]
    public async Task A_registered_charger_gets_in_with_its_password_and_its_session_says_which_one_it_was()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        var credential = await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        await using var charger = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));

        Assert.Equal(101, charger.Status);
        Assert.Equal(credential.Version, Assert.Single(await rig.Entities.UntilTold<OpenSession>()).CredentialVersion);
    }

    [Fact]
    [Trait("sec", "SEC-01")]
    [Trait("sec", "SEC-03")]
    [Trait("sec", "SEC-04")]
    [Trait("sec", "SEC-05")]
    [Trait("sec", "SEC-09")]
    public async Task Everything_else_is_the_same_401_and_only_operators_learn_why()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        var password = Encoding.UTF8.GetBytes(Password);
        await rig.RegisterAsync("CP1", 1, password);
        await rig.RegisterAsync("ATTACKER", 1, password);
        await rig.RegisterAsync("OPEN", 0, null);
        await rig.RegisterAsync("TLS", 2, password);
        await rig.RegisterAsync("CERT", 3, password);
        await rig.RegisterAsync("GONE", 1, password);
        await rig.Credentials.RetireAsync(new("GONE"), retired: true, default);
        var newline = RawCharger.Basic("CP1", Password).Insert(14, " ");

        (string Path, string? Authorization, string Code)[] tries =
        [
            ("CP1", null, "no-credentials"),
            ("CP1", RawCharger.Basic("CP1", "wrong"), "wrong-password"),
            ("NOBODY", RawCharger.Basic("NOBODY", Password), "unknown-charge-point"),
            ("NOBODY", null, "unknown-charge-point"),
            ("CP1", RawCharger.Basic("ATTACKER", Password), "wrong-user"),
            ("CP1", RawCharger.Basic("cp1", Password), "wrong-user"),
            ("CP1", RawCharger.Basic("CP1 ", Password), "wrong-user"),
            ("CP1", "Bearer abc", "no-credentials"),
            ("CP1", newline, "no-credentials"),
            ("OPEN", RawCharger.Basic("OPEN", ""), "wrong-password"),
            ("TLS", RawCharger.Basic("TLS", Password), "profile-too-low"),
            ("CERT", RawCharger.Basic("CERT", Password), "profile-too-low"),
            ("GONE", RawCharger.Basic("GONE", Password), "retired"),
        ];
        var answers = new HashSet<string>();
        foreach (var (path, authorization, _) in tries)
        {
            await using var charger = await RawCharger.ConnectAsync(rig.Port, $"/ocpp/{path}", authorization: authorization);
            Assert.Equal((401, "Basic realm=\"ocpp\", charset=\"UTF-8\""), (charger.Status, charger.Header("WWW-Authenticate")));
            answers.Add(charger.Body);
        }

        Assert.Single(answers);
        var expected = tries.GroupBy(one => (one.Path, one.Code)).Select(group => (group.Key.Path, group.Key.Code, Count: group.LongCount()));
        await rig.CountedAsync(tries.Length);
        Assert.Equal(
            expected.Order(), (await rig.AttemptsAsync()).Select(row => (row.Identity, row.Code, (long)row.Count)).Order());
        Assert.Empty(rig.Entities.Told);
    }

    [Fact]
    [Trait("sec", "SEC-09")]
    public async Task Two_authorization_headers_are_none()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        var right = $"Authorization: {RawCharger.Basic("CP1", Password)}";
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", headers: [right, right]);

        Assert.Equal(401, charger.Status);
    }

    [Fact]
    [Trait("sec", "SEC-09")]
    public async Task The_scheme_is_compared_without_case()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        await using var charger = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password).Replace("Basic", "basic", StringComparison.Ordinal));

        Assert.Equal(101, charger.Status);
    }

    [Fact]
    [Trait("sec", "SEC-07")]
    public async Task A_key_of_16_is_bytes_that_need_not_be_text_and_its_hex_is_not_the_key()
    {
        var key = Convert.FromHexString("0001020304050607FFFEFDFCFBFAF9F8F7F6F5F4");
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await rig.RegisterAsync("CP1", 1, key);
        await using var bytes = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", key));
        await using var hex = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Convert.ToHexString(key)));

        Assert.Equal((101, 401), (bytes.Status, hex.Status));
    }

    [Fact]
    [Trait("sec", "SEC-03")]
    public async Task Where_it_is_set_so_an_unknown_identity_is_revealed()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off, reveal-unknown-identity = on");
        await using var charger = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/NOBODY", authorization: RawCharger.Basic("NOBODY", Password));

        Assert.Equal(404, charger.Status);
    }

    [Fact]
    public async Task In_dev_mode_loopback_needs_no_password_unless_one_was_set()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on");
        await rig.RegisterAsync("OPEN", 0, null);
        await rig.RegisterAsync("KEYED", 1, Encoding.UTF8.GetBytes(Password));
        await rig.RegisterAsync("GONE", 0, null);
        await rig.Credentials.RetireAsync(new("GONE"), retired: true, default);

        foreach (var (identity, status) in new[] { ("NEW", 101), ("OPEN", 101), ("KEYED", 401), ("GONE", 401) })
        {
            await using var charger = await RawCharger.ConnectAsync(rig.Port, $"/ocpp/{identity}");
            Assert.Equal((identity, status), (identity, charger.Status));
        }
    }

    [Fact]
    public async Task Who_guesses_is_slowed_down_but_its_neighbours_behind_the_same_address_are_not()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off, failures-per-charger = 3");
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        await rig.RegisterAsync("CP2", 1, Encoding.UTF8.GetBytes(Password));
        var statuses = new List<int>();
        for (var tries = 0; tries < 5; tries++)
        {
            await using var guess = await RawCharger.ConnectAsync(
                rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", $"guess {tries}"));
            statuses.Add(guess.Status);
        }

        await using var neighbour = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/CP2", authorization: RawCharger.Basic("CP2", Password));

        Assert.Equal([401, 401, 401, 429, 429], statuses);
        Assert.Equal(2, rig.Limits["auth-failures"]);
        Assert.Equal(101, neighbour.Status);
    }

    [Fact]
    public async Task Behind_a_crowded_address_the_right_password_gets_in_and_nobody_else_learns_anything()
    {
        await using var rig = await GatewayRig.StartAsync(
            "dev = off, failures-per-address = 3, failures-per-address-refill = 1h, failures-per-charger-refill = 1h");
        foreach (var identity in new[] { "GOOD", "FAILING", "OTHER" })
            await rig.RegisterAsync(identity, 1, Encoding.UTF8.GetBytes(Password));

        // A few bad chargers behind the balancer use up what may go wrong at its address.
        foreach (var bad in new[] { "FAILING", "NOBODY-1", "NOBODY-2" }) Assert.Equal(401, await TryAsync(bad, "wrong"));

        Assert.Equal(101, await TryAsync("GOOD", Password));
        Assert.Equal(429, await TryAsync("OTHER", "wrong")); // what one that nobody registered is told, too
        Assert.Equal(429, await TryAsync("NOBODY-3", "wrong"));
        Assert.Equal(429, await TryAsync("FAILING", Password)); // it has failed from there, and waits
        Assert.Equal(101, await TryAsync("GOOD", Password));
        Assert.Contains(await rig.AttemptsAsync(6), attempt => attempt is { Identity: "OTHER", Code: "wrong-password", HttpStatus: 429 });

        async Task<int> TryAsync(string identity, string password)
        {
            await using var charger = await RawCharger.ConnectAsync(
                rig.Port, $"/ocpp/{identity}", authorization: RawCharger.Basic(identity, password));
            return charger.Status;
        }
    }

    [Fact]
    [Trait("sec", "SEC-02")]
    public async Task After_a_wrong_password_the_right_one_gets_in()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        await using var wrong = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", "wrong"));
        await using var right = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));

        Assert.Equal((401, 101), (wrong.Status, right.Status));
    }

    [Theory]
    [Trait("sec", "SEC-10")]
    [InlineData("/ocpp/CP1?user=CP1&password=a-password-of-24-letters")]
    [InlineData("http://CP1:a-password-of-24-letters@localhost/ocpp/CP1")]
    public async Task Credentials_in_an_address_get_nobody_in_and_are_in_no_log(string target)
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        await using var charger = await RawCharger.ConnectAsync(rig.Port, target);

        Assert.NotEqual(101, charger.Status);
        Assert.Empty(rig.Entities.Told);
        Assert.DoesNotContain(
            rig.Logs.From(LogLevel.Debug).Where(line => line.StartsWith("Moovolt.", StringComparison.Ordinal)),
            line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("sec", "SEC-10")]
    public async Task A_password_is_in_no_log_and_no_attempt_wherever_the_charger_puts_it()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var inQuery = await RawCharger.ConnectAsync(
            rig.Port, $"/ocpp/CP1?password={Password}", authorization: RawCharger.Basic("CP1", Password));

        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.DoesNotContain(Password, attempt.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            rig.Logs.From(LogLevel.Debug).Where(line => line.StartsWith("Moovolt.", StringComparison.Ordinal)),
            line => line.Contains(Password, StringComparison.Ordinal));
    }
}
