using System.Text.Json;
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
}

/// <summary>A call from a charger. The record is the wire shape; this method is the whole translation.</summary>
public interface IChargerCall
{
    /// <summary>What to do about it, up to the answer. Pure: everything that it may know is in <paramref name="arrival"/>.</summary>
    Step Handle(Arrival arrival);
}

/// <summary>A call to a charger: how one version says <typeparamref name="TRequest"/>, and how it reads the answer.</summary>
/// <typeparam name="TRequest">The wish, without a version.</typeparam>
public interface ICsmsCall<in TRequest>
    where TRequest : StationRequest
{
    static abstract object ToCall(TRequest request);
    static abstract StationAnswer ToAnswer(JsonElement response);
}
