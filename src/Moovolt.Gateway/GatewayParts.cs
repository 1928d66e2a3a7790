using Microsoft.Extensions.Logging;
using Moovolt.Cluster;
using Moovolt.Gateway.Handshakes;
using Moovolt.Gateway.Sessions;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway;

/// <summary>Which member of the cluster this gateway is of, as its sessions say it to the entities.</summary>
/// <param name="Address">The member's address in the cluster.</param>
/// <param name="Incarnation">Which run of the program at that address: the uid of Akka's unique address.</param>
public sealed record GatewayMember(string Address, long Incarnation);

/// <summary>What all sessions of a gateway share.</summary>
/// <param name="Quirks">What is known of makes of chargers, and what is done about it.</param>
/// <param name="Inquirer">Has what only somebody outside knows answered.</param>
/// <param name="Unanswered">Who holds a transaction message that could not be answered at once.</param>
/// <param name="TokenMisses">Authorizes that were not accepted, by charger, whichever socket they came over.</param>
/// <param name="DeadLines">Sockets that were cut for a ping without an answer, by charger.</param>
internal sealed record GatewayParts(
    GatewaySettings Settings,
    GatewayMember Member,
    GatewayGate Gate,
    QuirkProfiles Quirks,
    Entities Entities,
    Credentials Credentials,
    Witness Witness,
    VendorBook Vendors,
    Inquirer Inquirer,
    Unanswered Unanswered,
    Flapping Flapping,
    Recurrences TokenMisses,
    Recurrences DeadLines,
    GatewayMetrics Metrics,
    TimeProvider Time,
    ILogger Logger)
{
    /// <summary>What is left to chance, so that chargers that came together do not stay in step.</summary>
    public Random Chance { get; init; } = Random.Shared;
}
