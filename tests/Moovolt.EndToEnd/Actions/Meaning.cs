using System.Reflection;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// Marks the test that says what an action is for: it fails when nothing is made of the call, or of the charger's
/// answer to it. That is tried out (<see cref="MutantSpec"/>), not believed.
/// </summary>
/// <param name="action">OCPP's name.</param>
/// <param name="way">Who calls whom.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MeaningAttribute(string action, Way way) : Attribute
{
    public string Action => action;

    public Way Way => way;
}

/// <summary>One action, one way, and the test that says what it is for.</summary>
internal sealed record Meaning(string Action, Way Way, MethodInfo Test)
{
    public static readonly IReadOnlyList<Meaning> All =
    [
        .. from type in typeof(Meaning).Assembly.GetTypes()
           from method in type.GetMethods()
           from mark in method.GetCustomAttributes<MeaningAttribute>()
           orderby mark.Action, mark.Way
           select new Meaning(mark.Action, mark.Way, method),
    ];

    public string Name => $"{Test.DeclaringType!.Name}.{Test.Name}";

    /// <summary>Runs it on a stage; whatever it throws is what the test runner would show.</summary>
    public Task Play(Stage stage)
    {
        var scenario = Activator.CreateInstance(Test.DeclaringType!, stage);
        return (Task)Test.Invoke(scenario, null)!; // the tests that are marked are asynchronous
    }
}
