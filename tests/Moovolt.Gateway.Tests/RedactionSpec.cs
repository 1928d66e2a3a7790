using Moovolt.Domain.ChargePoints;
using Moovolt.Gateway.Sessions;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class RedactionSpec
{
    [Theory]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"SECRET"}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"value":"SECRET","key":"authorizationkey"}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"Authorization\u004bey","value":"SECRET"}]""")]
    [InlineData("""[3,"1",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"SECRET"}]}]""")]
    [InlineData("""[2,"1","SetVariables",{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"SECRET"}]}]""")]
    [InlineData("""[2,"1","NotifyReport",{"reportData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"variableAttribute":[{"value":"SECRET"}]}]}]""")]
    [InlineData("""[2,"1","SetNetworkProfile",{"connectionData":{"basicAuthPassword":"SECRET","apn":{"apnPassword":"SECRET"}}}]""")]
    [InlineData("""[2,"1","SetNetworkProfile",{"connectionData":{"vpn":{"server":"s","key":"SECRET"},"apn":{"simPin":"SECRET"}}}]""")]
    [InlineData("""[2,"1","Get15118EVCertificate",{"iso15118SchemaVersion":"2","action":"Install","exiRequest":"SECRET"}]""")]
    [InlineData("""[3,"1",{"status":"Accepted","exiResponse":"SECRET"}]""")]
    [InlineData("""[2,"1","NotifyCustomerInformation",{"data":"SECRET","seqNo":0,"requestId":1}]""")]
    [InlineData("""[2,"1","GetDiagnostics",{"location":"ftp://user:SECRET@files.example.com/a"}]""")]
    [InlineData("""[2,"1","GetDiagnostics",{"location":"ftp:\/\/user:SECRET@files.example.com\/a"}]""")]
    [InlineData("""[2,"1","GetDiagnostics",{"location":"ftp://user:SECRET\u0040files.example.com/a"}]""")]
    [InlineData("""[2,"1","GetDiagnostics",{"location":"ftp:\//user\u003aSECRET@files.example.com/a"}]""")]
    [InlineData("""[2,"1","GetLog",{"log":{"remoteLocation":"https://user:SE@SECRET@files.example.com"}}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"SECRET" """)]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","key":"x","value":"SECRET"}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"WifiPassword","value":{"deep":"SECRET"}}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"\ud83d","more":{"key":"WifiPassword","value":"SECRET"}}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"\ud83d":1,"key":"WifiPassword","value":"SECRET"}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",["\udc00",{"key":"WifiPassword","value":"SECRET"}]]""")]
    public void A_secret_is_taken_out(string frame) =>
        Assert.DoesNotContain("SECRET", Redaction.Clean(frame), StringComparison.Ordinal);

    public static TheoryData<string> Signs() => [.. SecretKeys.Signs];

    [Theory]
    [MemberData(nameof(Signs))]
    public void The_value_of_a_key_with_any_sign_of_a_secret_is_taken_out(string sign)
    {
        foreach (var name in new[] { sign, $"My{sign}2", sign.ToUpperInvariant() })
        {
            Assert.DoesNotContain("hunter2", Redaction.Clean($$"""[3,"1",{"configurationKey":[{"key":"{{name}}","value":"hunter2"}]}]"""), StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", Redaction.Clean($$"""[3,"1",{"getVariableResult":[{"variable":{"name":"{{name}}"},"attributeValue":"hunter2"}]}]"""), StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", Redaction.Clean($$"""{"{{name}}":"hunter2"}"""), StringComparison.Ordinal);
            Assert.True(Redaction.MayHoldSecret(System.Text.Encoding.UTF8.GetBytes($$"""{"{{name}}":"hunter2"}""")));
        }
    }

    [Theory]
    [InlineData("""[2,"1","Heartbeat",{}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"HeartbeatInterval","value":"60"}]""")]
    [InlineData("""[2,"1","UpdateFirmware",{"location":"https://files.example.com/a@b:c"}]""")]
    [InlineData("""[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":null}]""")]
    [InlineData("{ not JSON")]
    public void Everything_else_is_left_as_it_came(string frame) => Assert.Equal(frame, Redaction.Clean(frame));

    [Fact]
    public void What_is_around_a_secret_stays() => Assert.Equal(
        """[2,"1","GetDiagnostics",{"location":"ftp://user:***@files.example.com/a","retries":1}]""",
        Redaction.Clean("""[2,"1","GetDiagnostics",{"location":"ftp://user:SECRET@files.example.com/a","retries":1}]"""));
}
