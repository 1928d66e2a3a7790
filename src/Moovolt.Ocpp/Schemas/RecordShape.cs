using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Moovolt.Ocpp.Schemas;

/// <summary>A JSON object that is read into a record, member by member of its primary constructor.</summary>
/// <param name="version">Members that it does not have are none.</param>
internal sealed class RecordShape(Type type, OcppVersion version) : Shape
{
    private const int LongestName = 50; // of a member that nobody knows

    private readonly ConstructorInvoker constructor = ConstructorInvoker.Create(PrimaryConstructor(type));

    public Type Type => type;

    private readonly int places = PrimaryConstructor(type).GetParameters().Length;

    public Member[] Members { get; } =
    [
        .. PrimaryConstructor(type).GetParameters()
            .Where(parameter => !(parameter.GetCustomAttribute<SinceAttribute>()?.Version > version))
            .Select(parameter => Member.Of(parameter, version)),
    ];

    public override object? Read(JsonElement value, Objections objections)
    {
        if (value.ValueKind != JsonValueKind.Object) return WrongType(objections, "an object");

        var values = new object?[places];
        var seen = 0UL;
        var expected = 0;
        foreach (var property in value.EnumerateObject())
        {
            var index = IndexOf(property, expected);
            if (index < 0)
            {
                if (version != OcppVersion.V16 && property.NameEquals(CustomData.Name))
                {
                    CustomData.Check(property.Value, objections);
                    continue;
                }

                objections.AddForgivable(ObjectionKind.Unknown, "is no member of this action", Cut(property.Name));
                continue;
            }

            var member = Members[index];
            if ((seen & (1UL << index)) != 0) objections.Add(ObjectionKind.Duplicate, "appears twice", member.Name);
            seen |= 1UL << index;
            values[member.Place] = Read(member, property.Value, objections);
            expected = index + 1;
        }

        for (var i = 0; i < Members.Length; i++)
        {
            if (!Members[i].IsRequired || (seen & (1UL << i)) != 0) continue;
            objections.Add(ObjectionKind.Missing, "is required", Members[i].Name);
            objections.Lack();
        }

        return constructor.Invoke(values.AsSpan());
    }

    // Chargers write null for what they leave out.
    private static object? Read(Member member, JsonElement value, Objections objections)
    {
        if (value.ValueKind == JsonValueKind.Null && objections.Forgiving && !member.IsRequired)
        {
            objections.AddForgivable(ObjectionKind.Null, "is null", member.Name);
            return null;
        }

        var before = objections.Count;
        var read = member.Shape.Read(value, objections);
        if (objections.Count > before) objections.Within(before, member.Name);
        if (read is null && member.IsRequired) objections.Lack();
        return read;
    }

    // Members mostly come in the specification's order, so the next one is tried first.
    private int IndexOf(JsonProperty property, int expected)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            var index = (expected + i) % Members.Length;
            if (property.NameEquals(Members[index].Utf8Name)) return index;
        }

        return -1;
    }

    private static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName];

    // A record's copy constructor is protected, so the only public one is the primary one.
    private static ConstructorInfo PrimaryConstructor(Type type) => type.GetConstructors().Single();
}

/// <summary>One member of an object.</summary>
/// <param name="Place">Among the record's own members, some of which the version may not have.</param>
internal sealed record Member(string Name, byte[] Utf8Name, bool IsRequired, Shape Shape, int Place)
{
    public static Member Of(ParameterInfo parameter, OcppVersion version)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(
            parameter.Name ?? throw new InvalidOperationException("No name"));
        return new Member(name, Encoding.UTF8.GetBytes(name),
            IsRequiredOf(parameter, version), Shapes.Of(parameter, version), parameter.Position);
    }

    private static bool IsRequiredOf(ParameterInfo parameter, OcppVersion version) =>
        parameter.GetCustomAttribute<RequiredAttribute>()?.HoldsIn(version) == true
        || (Nullable.GetUnderlyingType(parameter.ParameterType) is null
            && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull);
}
