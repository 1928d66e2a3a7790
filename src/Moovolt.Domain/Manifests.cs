namespace Moovolt.Domain;

/// <summary>Names an event, or a snapshot, in the journal. The name is for ever; never the CLR type's.</summary>
/// <param name="name">Short, kebab-case, unique among all stored and sent names.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JournaledAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// Names a command, a reply or a delivery on its way between nodes. It lives for seconds, so only neighbours in a
/// rolling upgrade must agree: a new name is read one release before it is sent.
/// </summary>
/// <param name="name">Short, kebab-case, unique among all stored and sent names.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SentAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
