namespace Moovolt.Ocpp;

/// <summary>What a dialect makes of a wish.</summary>
public abstract record Said
{
    /// <summary>The call to send.</summary>
    /// <param name="Action">OCPP's name.</param>
    /// <param name="Payload">A JSON object in UTF-8.</param>
    public sealed record Call(string Action, byte[] Payload) : Said;

    /// <summary>This version has no words for the wish, or the wish is none that a charger may be sent.</summary>
    /// <param name="Reason">A sentence for the operator.</param>
    public sealed record Impossible(string Reason) : Said;
}

/// <summary>How one action puts a wish: as its record, or why it cannot.</summary>
/// <param name="IsWrong">It is for what is in the wish, that another one could mend.</param>
public readonly record struct Wording(ICsmsCall? Call, string? WhyNot, bool IsWrong = false)
{
    public static Wording Of(ICsmsCall call) => new(call, null);

    public static Wording Impossible(string why) => new(null, why);

    /// <summary>The version has the words, and something in the wish does not fit into them.</summary>
    public static Wording Wrong(string why) => new(null, why, IsWrong: true);
}
