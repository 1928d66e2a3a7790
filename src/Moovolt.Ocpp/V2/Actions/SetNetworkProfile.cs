using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, B09: how to reach the CSMS, another time.</summary>
[OcppAction("SetNetworkProfile", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetNetworkProfile(int ConfigurationSlot, NetworkConnectionProfile ConnectionData) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "Failed")] string Status,
        StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard, "Accepted");
}
