using System.Runtime.Serialization;

namespace Moovolt.Domain;

/// <summary>What an entity says back. A refusal is an answer, not an exception.</summary>
public abstract record Reply
{
    [Sent("re-accepted"), DataContract]
    public sealed record Accepted : Reply;

    /// <summary>Already so. Chargers repeat themselves after every lost connection; nothing new is journaled.</summary>
    [Sent("re-repeated"), DataContract]
    public sealed record Repeated : Reply;

    /// <summary>The answer is no, in words that an operator understands.</summary>
    /// <param name="Reason">A sentence: what is wrong, and what to do.</param>
    /// <param name="NotFound">True when what was asked about does not exist at all.</param>
    /// <param name="Wrong">True when what was asked is wrong, and not the moment: asking again will not help.</param>
    /// <param name="Changed">True when it is not any more as the asker has seen it: it must look again.</param>
    [Sent("re-refused"), DataContract]
    public sealed record Refused(
        [property: DataMember(Order = 1)] string Reason,
        [property: DataMember(Order = 2)] bool NotFound = false,
        [property: DataMember(Order = 3)] bool Wrong = false,
        [property: DataMember(Order = 4)] bool Changed = false) : Reply;
}
