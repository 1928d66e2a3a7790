using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Journal.Tests;

/// <summary>
/// Makes an object of any type that can be stored or sent, with every member filled by something that is not its
/// default, or with every member empty.
/// </summary>
internal static class SampleValues
{
    public static object Full(Type type) => Make(type, full: true, depth: 0)!;

    public static object Empty(Type type) => Make(type, full: false, depth: 0)!;

    private static object? Make(Type type, bool full, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return full ? Make(inner, full, depth) : null;
        if (type == typeof(string)) return full ? $"text {depth}" : depth == 0 ? null : "";
        if (type == typeof(bool)) return full;
        if (type == typeof(int)) return full ? 7 + depth : 0;
        if (type == typeof(long)) return full ? 7_000_000_000L + depth : 0L;
        if (type == typeof(ulong)) return full ? ulong.MaxValue - (ulong)depth : 0UL;
        if (type == typeof(decimal)) return full ? 16.5m + depth : 0m;
        if (type == typeof(DateTimeOffset))
            return full ? new DateTimeOffset(2026, 3, 1, 12, 30, 15, 250, TimeSpan.Zero) : default(DateTimeOffset);
        if (type.IsEnum) return full ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1) : Activator.CreateInstance(type);
        if (type == typeof(Outcome)) return full ? new AvailabilityScheduled(new ConnectorId(1, 1), Operative: true) : null;
        if (type == typeof(StationRequest)) return Make(full ? typeof(StopCharging) : typeof(ClearCache), full, depth);
        if (type == typeof(TransactionId)) return new TransactionId(new ChargePointId("CP-1"), "17");
        if (type == typeof(ChargePointId)) return new ChargePointId("CP-1");
        if (type == typeof(TokenId)) return new TokenId("tag");
        if (type == typeof(ConnectorId)) return full ? new ConnectorId(2, 1) : default(ConnectorId);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return List(type.GetGenericArguments()[0], full, depth);
        return Fill(type, full, depth);
    }

    private static object List(Type element, bool full, int depth)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        if (full)
        {
            list.Add(Make(element, full, depth + 1));
            list.Add(Make(element, full, depth + 2));
        }

        return typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == nameof(ImmutableArray.ToImmutableArray)
                && method.GetParameters() is [{ ParameterType: { IsGenericType: true } p }]
                && p.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .MakeGenericMethod(element)
            .Invoke(null, [list])!;
    }

    private static object Fill(Type type, bool full, int depth)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        var made = constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => Argument(parameter, full, depth + 1))]);

        // What is not in the constructor (a snapshot's members) is set one by one.
        if (constructor.GetParameters().Length == 0 && full)
        {
            foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.GetIndexParameters().Length == 0))
                property.SetValue(made, Make(property.PropertyType, full, depth + 1));
        }

        return made;
    }

    private static object? Argument(ParameterInfo parameter, bool full, int depth)
    {
        var optional = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        return !full && optional ? null : Make(parameter.ParameterType, full, depth);
    }
}
