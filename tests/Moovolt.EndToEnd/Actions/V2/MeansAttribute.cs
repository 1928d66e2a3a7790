using System.Reflection;
using Xunit.Sdk;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>
/// Marks the test that says what an action of OCPP 2.0.1 or 2.1 is for, as <see cref="MeaningAttribute"/> does for 1.6,
/// and plays it in each version that has the action.
/// </summary>
/// <param name="action">OCPP's name.</param>
/// <param name="way">Who calls whom.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MeansAttribute(string action, Way way) : DataAttribute, IMeaningMark
{
    public string Action => action;

    public Way Way => way;

    public IReadOnlyList<string> Versions =>
        Actions2.Of201.Any(known => known.Name == action) ? [V2.Versions.V201, V2.Versions.V21] : [V2.Versions.V21];

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Versions.Select(version => new object[] { version });
}

/// <summary>The versions that are one family, by their subprotocols.</summary>
internal static class Versions
{
    public const string V201 = "ocpp2.0.1";
    public const string V21 = "ocpp2.1";
}
