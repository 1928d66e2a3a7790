using System.Globalization;
using System.Text.RegularExpressions;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>Which variable of which component: what 2.x has where 1.6 has a key.</summary>
internal sealed record Key(Component Component, Variable Variable);

/// <summary>Components and variables as one text, and back: see <see cref="ModelVariable.KeyOf"/>.</summary>
internal static partial class Keys
{
    /// <summary>Null when the text names no variable.</summary>
    public static Key? Read(string text)
    {
        var match = Grammar().Match(text);
        if (!match.Success) return null;
        var evse = Text("evse") is null ? null : new Evse(Number("evse"), Number("connector"));
        return new Key(
            new Component(match.Groups["component"].Value, evse, Text("instance")),
            new Variable(match.Groups["variable"].Value, Text("of")));

        string? Text(string group) => match.Groups[group].Success ? match.Groups[group].Value : null;

        // At most nine digits: it is a number.
        int? Number(string group) => Text(group) is { } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : null;
    }

    public static string Unreadable(string text) =>
        $"OCPP 2.x names a variable of a component, such as OCPPCommCtrlr.HeartbeatInterval; '{text}' names none.";

    public static string Of(Component component, Variable variable) => ModelVariable.KeyOf(
        component.Name, component.Instance, component.Evse?.Id, component.Evse?.ConnectorId, variable.Name, variable.Instance);

    // The names of the standard have neither points nor brackets nor @.
    [GeneratedRegex(
        @"\A(?<component>[^.()@]+)(\((?<instance>[^()]+)\))?(@(?<evse>\d{1,9})(/(?<connector>\d{1,9}))?)?\.(?<variable>[^.()@]+)(\((?<of>[^()]+)\))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
