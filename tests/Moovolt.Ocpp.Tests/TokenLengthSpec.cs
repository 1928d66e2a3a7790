using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>How long a token may be: what a charger may say, and what it may be told (OCPP 1.6, 7.26; 2.x, IdTokenType).</summary>
public sealed class TokenLengthSpec
{
    public static TheoryData<OcppVersion> Versions() => [.. Dialect.All.Select(dialect => dialect.Version)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_charger_is_told_of_tokens_as_long_as_its_version_has_them(OcppVersion version)
    {
        var dialect = Dialect.All.Single(known => known.Version == version);
        foreach (var wish in new Func<string, StationRequest>[]
        {
            token => new StartCharging(token, null),
            token => new Reserve(token, null, Conversation.Now, null, 1),
            token => new Reserve("CARD", null, Conversation.Now, token, 1),
            token => new SendLocalList(ListUpdate.Full, [new LocalListEntry(token, AuthorizationStatus.Accepted)], [], 1),
        })
        {
            Assert.Empty(dialect.Problems(wish(new string('T', dialect.LongestToken))));
            Assert.Single(dialect.Problems(wish(new string('T', dialect.LongestToken + 1))));
        }
    }

    public static TheoryData<OcppVersion, string> Starts() => new()
    {
        { OcppVersion.V16, """{"connectorId":1,"idTag":"TTT","meterStart":1,"timestamp":"2026-01-01T12:00:00Z"}""" },
        { OcppVersion.V201, Started },
        { OcppVersion.V21, Started },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void A_start_asks_the_longest_token_that_there_is_and_none_for_a_longer_text(OcppVersion version, string payload)
    {
        var longest = new string('t', TokenId.MaxLength);
        var admit = Assert.IsType<Admit>(Assert.IsType<Step.Ask>(Start(version, payload, longest)).Command);
        Assert.Equal(new TokenId(longest), admit.Id);

        // However long it is, and wherever it is cut: nobody is mistaken for whoever has the first part of it.
        foreach (var more in (string[])["t", "🔌", new string('t', 10_000)])
        {
            var told = Assert.IsType<Step.Ask>(Start(version, payload, longest + more)).Command;
            var (token, verdict) = told switch
            {
                NumberTransaction start => (start.Token, start.Verdict),
                ReportStep step => (step.Token!, step.Verdict!),
                _ => throw new InvalidOperationException($"{told} asks a token"),
            };
            Assert.Equal(AuthorizationStatus.Invalid, verdict.Status);
            Assert.True(token.Length > TokenId.MaxLength, $"{token.Length} characters are left");
        }
    }

    private const string Started =
        """
        {"eventType":"Started","timestamp":"2026-01-01T12:00:00Z","triggerReason":"Authorized","seqNo":0,
         "transactionInfo":{"transactionId":"t1"},"idToken":{"idToken":"TTT","type":"Central"}}
        """;

    private static Step Start(OcppVersion version, string payload, string token)
    {
        var dialect = Dialect.All.Single(known => known.Version == version);
        var action = version == OcppVersion.V16 ? "StartTransaction" : "TransactionEvent";
        var text = $"[2,\"x\",\"{action}\",{payload.Replace("TTT", token, StringComparison.Ordinal)}]";
        return dialect.Handle(
            Assert.IsType<Frame.Call>(Frames.Parse(Encoding.UTF8.GetBytes(text), dialect)),
            new Arrival(new ChargePointId("CP-1"), 1, Conversation.Now, UnknownTokens.Refuse, 600, [], null) { Version = version });
    }
}
