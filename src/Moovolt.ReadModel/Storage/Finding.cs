namespace Moovolt.ReadModel.Storage;

/// <summary>How bad it is.</summary>
public enum Gravity
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>It works, and will not for ever, or not for everybody.</summary>
    Warning,

    /// <summary>A node cannot serve, or may lose what it has answered.</summary>
    Fatal,
}

/// <summary>What was found when something was looked at.</summary>
/// <param name="What">In plain words, with the figure.</param>
/// <param name="Advice">What to do; null when it is fine.</param>
public sealed record Finding(Gravity Gravity, string What, string? Advice = null)
{
    public static Finding Fine(string what) => new(Gravity.Fine, what);

    public static Finding Warning(string what, string advice) => new(Gravity.Warning, what, advice);

    public static Finding Fatal(string what, string advice) => new(Gravity.Fatal, what, advice);
}
