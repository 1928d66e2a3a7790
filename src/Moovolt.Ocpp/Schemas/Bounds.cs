using System.Reflection;

namespace Moovolt.Ocpp.Schemas;

/// <summary>Between what a number must be. Read off a member once, and asked of every number in it.</summary>
/// <param name="Least">The version's schema has it so (minimum); null: it may be as small as it likes.</param>
/// <param name="Most">The version's schema has it so (maximum).</param>
/// <param name="Sense">Below it a number means nothing, though the schema has no minimum; null: every number does.</param>
/// <param name="AsItComes">A charger's number is not objected to.</param>
internal sealed record Bounds(long? Least, long? Most, SenselessBelowAttribute? Sense, bool AsItComes)
{
    /// <summary>What a version has to say of a member.</summary>
    public static Bounds Of(ParameterInfo member, OcppVersion version)
    {
        var least = In<AtLeastAttribute>(member, version)?.Least;
        return new Bounds(
            least,
            In<AtMostAttribute>(member, version)?.Most,
            least is null ? member.GetCustomAttribute<SenselessBelowAttribute>() : null,
            member.IsDefined(typeof(AsItComesAttribute)));
    }

    /// <summary>Whether a number is used at all; objects to one that should be another.</summary>
    public bool Admit(decimal number, Objections objections)
    {
        if (number < Least) Object(objections, $"must be at least {Least}, and is {number}");
        if (number > Most) Object(objections, $"must be at most {Most}, and is {number}");
        if (Sense is null || number >= Sense.Least) return true;

        var words = $"must be at least {Sense.Least}, and is {number}";
        if (Sense.IsTaken) objections.Note(ObjectionKind.Senseless, words);
        else objections.Add(ObjectionKind.Senseless, words);
        return Sense.IsTaken;
    }

    private void Object(Objections objections, string words)
    {
        if (AsItComes) objections.AddForgivable(ObjectionKind.OutOfRange, words);
        else objections.Add(ObjectionKind.OutOfRange, words);
    }

    private static T? In<T>(ParameterInfo member, OcppVersion version)
        where T : VersionedRuleAttribute =>
        member.GetCustomAttribute<T>() is { } rule && rule.HoldsIn(version) ? rule : null;
}
