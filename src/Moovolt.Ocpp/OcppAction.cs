using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp;

/// <summary>Puts a record in the catalog of its versions. This is the only registration that an action needs.</summary>
/// <param name="name">The specification's action name, case-sensitive.</param>
/// <param name="versions">The versions that know it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OcppActionAttribute(string name, params OcppVersion[] versions) : Attribute
{
    public string Name { get; } = name;
    public IReadOnlyList<OcppVersion> Versions { get; } = versions;

    /// <summary>
    /// The charger keeps it until it is answered, and nothing may make it keep it for ever: any JSON object is taken as
    /// far as it can be read. Its record must do with null for every member.
    /// </summary>
    public bool IsTransactionMessage { get; init; }

    /// <summary>Its payload is kept as it came: it is in the arrival's frame also when nothing is wrong with it.</summary>
    public bool KeepsPayload { get; init; }

    /// <summary>It is a SEND, which nobody answers (OCPP 2.1 part 4, 4.2.5).</summary>
    public bool IsSend { get; init; }

    /// <summary>A charger may send it before its boot is accepted.</summary>
    public bool MayPrecedeAcceptance { get; init; }
}

/// <summary>
/// A call from a charger. The record is the wire shape; this method is the whole translation. Its answer's shape is the
/// nested record <c>Response</c>.
/// </summary>
public interface IChargerCall
{
    /// <summary>What to do about it, up to the answer. Pure: everything that it may know is in <paramref name="arrival"/>.</summary>
    Step Handle(Arrival arrival);

    /// <summary>
    /// Whether this very call is kept as it came, though all of it can be read: it does not say what it belongs to.
    /// </summary>
    bool KeepsPayload => false;
}

/// <summary>A call to a charger: the record is what is sent. Its answer's shape is the nested record <c>Response</c>.</summary>
public interface ICsmsCall
{
    /// <summary>Whether the charger is willing, by the action's own words, and what question and answer came to.</summary>
    StationAnswer ToAnswer(Heard heard);

    /// <summary>What a CALLERROR came to: usually nothing but the no.</summary>
    Outcome? Refused(string errorCode) => null;

    /// <summary>The security profile that it would move the charger to; null when it is about something else.</summary>
    int? SecurityProfile => null;
}

/// <summary>A call to a charger that says <typeparamref name="TRequest"/> in the words of its versions.</summary>
/// <typeparam name="TRequest">The wish, without a version.</typeparam>
public interface ICsmsCall<in TRequest> : ICsmsCall
    where TRequest : StationRequest
{
    /// <summary>The call that says it: this action's, or that of another action of the same version.</summary>
    static abstract Wording ToCall(TRequest request);
}
