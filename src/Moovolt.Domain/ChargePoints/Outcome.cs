using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// What an exchange with a charger came to, in the domain's words: what it read, what it now holds, what it will do
/// later. The dialect finds it in question and answer, so a raw call comes to the same as a command in words. As a
/// member of stored events its cases are numbered in one table (Moovolt.Journal), frozen by a golden test.
/// </summary>
public abstract record Outcome;

/// <summary>The charger goes into or out of service, at once (OCPP 1.6, 5.2: Accepted).</summary>
/// <param name="Connector">(0, 0): the whole charge point.</param>
[DataContract]
public sealed record AvailabilityChanged(
    [property: DataMember(Order = 1)] ConnectorId Connector,
    [property: DataMember(Order = 2)] bool Operative) : Outcome;

/// <summary>
/// The charger changes its availability as soon as the transactions are over (OCPP 1.6, 5.2: Scheduled).
/// </summary>
/// <param name="Connector">(0, 0): the whole charge point. Null in events that were stored before it was kept.</param>
[DataContract]
public sealed record AvailabilityScheduled(
    [property: DataMember(Order = 1)] ConnectorId? Connector = null,
    [property: DataMember(Order = 2)] bool Operative = false) : Outcome;
