using Microsoft.Extensions.Logging;
using Moovolt.Cluster;
using Moovolt.Gateway.Handshakes;
using Moovolt.Gateway.Sessions;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway;

/// <summary>Which member of the cluster this gateway is of, as its sessions say it to the entities.</summary>
/// <param name="Address">The member's address in the cluster.</param>
/// <param name="Incarnation">Which run of the program at that address: the uid of Akka's unique address.</param>
public sealed record GatewayMember(string Address, long Incarnation);

/// <summary>What all sessions of a gateway share.</summary>
/// <param name="TokenMisses">Authorizes that were not accepted, by charger, whichever socket they came over.</param>
internal sealed record GatewayParts(
    GatewaySettings Settings,
    GatewayMember Member,
    GatewayGate Gate,
    Entities Entities,
    Witness Witness,
    VendorBook Vendors,
    Flapping Flapping,
    Recurrences TokenMisses,
    GatewayMetrics Metrics,
    TimeProvider Time,
    ILogger Logger);
