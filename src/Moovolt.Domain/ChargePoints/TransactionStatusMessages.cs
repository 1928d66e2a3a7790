using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// Is a transaction that the charger names itself still going on, and is anything still to be told of it (OCPP 2.0.1,
/// E14)? Moovolt asks by itself when it cannot tell.
/// </summary>
[DataContract]
public sealed record ReadTransactionStatus([property: DataMember(Order = 1)] string LocalId) : StationRequest
{
    public override string Verb => "get-transaction-status";
}

/// <summary>What the charger says of a transaction of its own.</summary>
/// <param name="Ongoing">Null: it did not say.</param>
/// <param name="MessagesInQueue">Something of it is still to be told.</param>
[DataContract]
public sealed record TransactionStatusRead(
    [property: DataMember(Order = 1)] string LocalId,
    [property: DataMember(Order = 2)] bool? Ongoing,
    [property: DataMember(Order = 3)] bool MessagesInQueue) : Outcome
{
    /// <summary>Nothing goes on, and nothing will be told: its end has been lost.</summary>
    public bool IsOver => Ongoing == false && !MessagesInQueue;
}
