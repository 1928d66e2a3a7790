namespace Moovolt.Faults.Run;

/// <summary>All faults: those that are here, and those that cannot be, with the reason.</summary>
internal static class Plan
{
    /// <summary>How many numbers the plan has: F-01 to F-31.</summary>
    public const int Numbers = 31;

    /// <summary>In the order of their numbers.</summary>
    public static readonly IReadOnlyList<Fault> Faults =
    [
        .. typeof(Plan).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Fault)) && !type.IsAbstract
                && !type.IsNested) // those are a test's own
            .SelectMany(type => type.GetConstructors().Single().GetParameters() is [var way]
                ? Enum.GetValues(way.ParameterType).Cast<object>().Select(each => Make(type, each))
                : [Make(type)])
            .OrderBy(fault => fault.Name, StringComparer.Ordinal),
    ];

    /// <summary>Faults of things that there are not yet.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotApplicable = new SortedDictionary<string, string>
    {
        ["F-22"] = "RabbitMQ comes with the integrations.",
        ["F-23"] = "Webhooks come with the integrations.",
        ["F-30"] = "Nothing deletes or archives events yet; snapshots are written by entities, which F-01 to F-03 kill.",
    };

    private static Fault Make(Type type, params object[] way) =>
        (Fault)Activator.CreateInstance(type, way)!; // it has a constructor
}
