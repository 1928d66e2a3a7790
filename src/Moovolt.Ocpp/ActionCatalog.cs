using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Compliance;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp;

/// <summary>Which record speaks for which action, in each version. Built once, from the attributes.</summary>
public static class ActionCatalog
{
    private static readonly FrozenDictionary<(OcppVersion, string), CatalogedAction> Actions =
        (from type in typeof(ActionCatalog).Assembly.GetTypes()
         let attribute = type.GetCustomAttribute<OcppActionAttribute>()
         where attribute is not null
         from version in attribute.Versions
         let action = new CatalogedAction(type, attribute, version)
         select KeyValuePair.Create((version, action.Name), action)).ToFrozenDictionary();

    private static readonly FrozenDictionary<(OcppVersion, Type), CatalogedAction> Wishes =
        (from action in Actions
         from wish in action.Value.Wishes.Keys
         select KeyValuePair.Create((action.Key.Item1, wish), action.Value)).ToFrozenDictionary();

    /// <summary>
    /// The action of that name, which is case-sensitive; null when the version has none, or none yet.
    /// </summary>
    public static CatalogedAction? Find(OcppVersion version, string action) =>
        Actions.GetValueOrDefault((version, action));

    /// <summary>All actions of a version, by name.</summary>
    public static IReadOnlyList<CatalogedAction> All(OcppVersion version) =>
        [.. Actions.Where(entry => entry.Key.Item1 == version).Select(entry => entry.Value)
            .OrderBy(action => action.Name, StringComparer.Ordinal)];

    /// <summary>
    /// What is wrong with a payload that an operator wants a charger of that version to be sent; empty when nothing is.
    /// </summary>
    public static IReadOnlyList<string> Problems(OcppVersion version, string action, JsonElement payload)
    {
        if (Find(version, action) is not { } known || !known.Direction.HasFlag(Direction.ToCharger))
            return [$"{action} is no action that a charger of this version can be sent."];
        if (Mending.IsFlawed(System.Text.Encoding.UTF8.GetBytes(payload.GetRawText())))
            return ["The payload has an escape in it that is no character (half a surrogate pair, or NUL)."];

        var objections = new Objections(Manner.ToTheLetter);
        known.Request.Read(payload, objections);
        return [.. objections.All.Select(objection => $"{objection}.")];
    }

    /// <summary>Puts a wish into the words of a version; null when the version has none.</summary>
    internal static Wording? Say(OcppVersion version, StationRequest wish) =>
        Wishes.GetValueOrDefault((version, wish.GetType()))?.Wishes[wish.GetType()](wish);

    /// <summary>The action that a call belongs to; null when the version has none.</summary>
    internal static CatalogedAction? Of(OcppVersion version, ICsmsCall call) =>
        Actions.SingleOrDefault(entry => entry.Key.Item1 == version && entry.Value.Record == call.GetType()).Value;
}
