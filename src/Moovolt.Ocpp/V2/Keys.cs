using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>Which variable of which component: what 2.x has where 1.6 has a key.</summary>
internal sealed record Key(Component Component, Variable Variable);

/// <summary>
/// Components and variables as one text, as operators write them where 1.6 has a key: <c>OCPPCommCtrlr.HeartbeatInterval</c>;
/// with a place <c>EVSE@1.Power</c> or <c>Connector@1/2.Available</c>; with instances
/// <c>DisplayMessageCtrlr(main).DisplayMessages(3)</c>.
/// </summary>
internal static partial class Keys
{
    /// <summary>Null when the text names no variable.</summary>
    public static Key? Read(string text)
    {
        var match = Grammar().Match(text);
        if (!match.Success) return null;
        int? evse = null, connector = null;
        if (match.Groups["evse"].Success)
        {
            if (!int.TryParse(match.Groups["evse"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            evse = number;
        }

        if (match.Groups["connector"].Success)
        {
            if (!int.TryParse(match.Groups["connector"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            connector = number;
        }

        return new Key(
            new Component(match.Groups["component"].Value, evse is null ? null : new Evse(evse, connector), Text("instance")),
            new Variable(match.Groups["variable"].Value, Text("of")));

        string? Text(string group) => match.Groups[group].Success ? match.Groups[group].Value : null;
    }

    public static string Unreadable(string text) =>
        $"OCPP 2.x names a variable of a component, such as OCPPCommCtrlr.HeartbeatInterval; '{text}' names none.";

    public static string Of(Component component, Variable variable)
    {
        var text = new StringBuilder(component.Name);
        if (component.Instance is { } instance) text.Append('(').Append(instance).Append(')');
        if (component.Evse?.Id is { } evse)
        {
            text.Append(CultureInfo.InvariantCulture, $"@{evse}");
            if (component.Evse.ConnectorId is { } connector) text.Append(CultureInfo.InvariantCulture, $"/{connector}");
        }

        text.Append('.').Append(variable.Name);
        if (variable.Instance is { } of) text.Append('(').Append(of).Append(')');
        return text.ToString();
    }

    // The names of the standard have neither points nor brackets nor @.
    [GeneratedRegex(
        @"\A(?<component>[^.()@]+)(\((?<instance>[^()]+)\))?(@(?<evse>\d+)(/(?<connector>\d+))?)?\.(?<variable>[^.()@]+)(\((?<of>[^()]+)\))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
