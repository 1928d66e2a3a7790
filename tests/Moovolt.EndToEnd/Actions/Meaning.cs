using System.Reflection;

namespace Moovolt.EndToEnd.Actions;

/// <summary>What marks the test that says what an action is for.</summary>
internal interface IMeaningMark
{
    /// <summary>OCPP's name.</summary>
    string Action { get; }

    /// <summary>Who calls whom.</summary>
    Way Way { get; }

    /// <summary>For which versions, by their subprotocols.</summary>
    IReadOnlyList<string> Versions { get; }
}

/// <summary>
/// Marks the test that says what an action of OCPP 1.6 is for: it fails when nothing is made of the call, or of the
/// charger's answer to it. That is tried out (<see cref="MutantSpec"/>), not believed.
/// </summary>
/// <param name="action">OCPP's name.</param>
/// <param name="way">Who calls whom.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MeaningAttribute(string action, Way way) : Attribute, IMeaningMark
{
    public string Action => action;

    public Way Way => way;

    public IReadOnlyList<string> Versions => ["ocpp1.6"];
}

/// <summary>One action of one version, one way, and the test that says what it is for.</summary>
internal sealed record Meaning(string Version, string Action, Way Way, MethodInfo Test)
{
    public static readonly IReadOnlyList<Meaning> All =
    [
        .. from type in typeof(Meaning).Assembly.GetTypes()
           from method in type.GetMethods()
           from mark in method.GetCustomAttributes().OfType<IMeaningMark>()
           from version in mark.Versions
           orderby version, mark.Action, mark.Way
           select new Meaning(version, mark.Action, mark.Way, method),
    ];

    public string Name => $"{Test.DeclaringType!.Name}.{Test.Name}";

    /// <summary>Runs it on a stage; whatever it throws is what the test runner would show.</summary>
    public Task Play(Stage stage)
    {
        var scenario = Activator.CreateInstance(Test.DeclaringType!, stage);
        object[] version = Test.GetParameters().Length == 0 ? [] : [Version];
        return (Task)Test.Invoke(scenario, version)!; // the tests that are marked are asynchronous
    }
}
