using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Moovolt.Ocpp.Schemas;

/// <summary>Makes the shape of each record from the record itself, once.</summary>
internal static class Shapes
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Records = new();

    public static RecordShape Of(Type record) => Records.GetOrAdd(record, type => new RecordShape(type));

    public static Shape Of(ParameterInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.ParameterType) ?? member.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(ImmutableArray<>)) return Of(type, member);

        var item = type.GetGenericArguments()[0];
        var list = typeof(ListShape<>).MakeGenericType(item).GetConstructors().Single();
        return (Shape)list.Invoke(
        [
            Of(item, member),
            member.GetCustomAttribute<MinItemsAttribute>()?.Items,
            member.GetCustomAttribute<MaxItemsAttribute>()?.Items,
        ]);
    }

    private static Shape Of(Type type, ParameterInfo rules)
    {
        var least = rules.GetCustomAttribute<AtLeastAttribute>();
        return type switch
        {
            _ when type == typeof(string) && rules.IsDefined(typeof(UriAttribute)) => new UriShape(),
            _ when type == typeof(string) => new TextShape(
                rules.GetCustomAttribute<MaxLengthAttribute>()?.Length,
                rules.GetCustomAttribute<OneOfAttribute>(),
                rules.IsDefined(typeof(AsItComesAttribute))),
            _ when type == typeof(int) => new IntegerShape<int>(least),
            _ when type == typeof(long) => new IntegerShape<long>(least),
            _ when type == typeof(decimal) => new NumberShape(rules.GetCustomAttribute<DecimalsAttribute>()?.Decimals),
            _ when type == typeof(bool) => new FlagShape(),
            _ when type == typeof(DateTimeOffset) => new MomentShape(),
            _ when type.IsClass => Of(type),
            _ => throw new InvalidOperationException($"{rules.Member.DeclaringType}: no shape for {type}"),
        };
    }
}
