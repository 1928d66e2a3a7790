using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Moovolt.Ocpp.Schemas;

/// <summary>Makes the shape of each record from the record itself, once.</summary>
internal static class Shapes
{
    private static readonly ConcurrentDictionary<(Type, OcppVersion), RecordShape> Records = new();

    /// <summary>What a version makes of a record.</summary>
    public static RecordShape Of(Type record, OcppVersion version) =>
        Records.GetOrAdd((record, version), key => new RecordShape(key.Item1, key.Item2));

    public static Shape Of(ParameterInfo member, OcppVersion version)
    {
        var type = Nullable.GetUnderlyingType(member.ParameterType) ?? member.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(ImmutableArray<>))
            return Of(type, member, version);

        var item = type.GetGenericArguments()[0];
        var list = typeof(ListShape<>).MakeGenericType(item).GetConstructors().Single();
        return (Shape)list.Invoke(
        [
            Of(item, member, version),
            member.GetCustomAttribute<MinItemsAttribute>()?.Items,
            In<MaxItemsAttribute>(member, version).SingleOrDefault()?.Items,
            member.GetCustomAttribute<MostSentAttribute>()?.Items,
        ]);
    }

    private static Shape Of(Type type, ParameterInfo rules, OcppVersion version)
    {
        var bounds = Bounds.Of(rules, version);
        return type switch
        {
            _ when type == typeof(string) && rules.IsDefined(typeof(UriAttribute)) => new UriShape(),
            _ when type == typeof(string) => new TextShape(
                In<MaxLengthAttribute>(rules, version).MaxBy(rule => rule.Since)?.Length,
                [.. In<OneOfAttribute>(rules, version).SelectMany(rule => rule.Words)],
                [.. In<OneOfAttribute>(rules, version).SelectMany(rule => rule.Seen)],
                rules.IsDefined(typeof(AsItComesAttribute))),
            _ when type == typeof(int) => new IntegerShape<int>(bounds),
            _ when type == typeof(long) => new IntegerShape<long>(bounds),
            _ when type == typeof(decimal) && In<WholeAttribute>(rules, version).Any() =>
                new WholeNumberShape(bounds),
            _ when type == typeof(decimal) =>
                new NumberShape(rules.GetCustomAttribute<DecimalsAttribute>()?.Decimals, bounds),
            _ when type == typeof(bool) => new FlagShape(),
            _ when type == typeof(DateTimeOffset) => new MomentShape(),
            _ when type == typeof(JsonElement) => new AnyShape(),
            _ when type.IsClass => Of(type, version),
            _ => throw new InvalidOperationException($"{rules.Member.DeclaringType}: no shape for {type}"),
        };
    }

    private static IEnumerable<T> In<T>(ParameterInfo member, OcppVersion version)
        where T : VersionedRuleAttribute => member.GetCustomAttributes<T>().Where(rule => rule.HoldsIn(version));
}
