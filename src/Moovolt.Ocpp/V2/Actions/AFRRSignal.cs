using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, Q12: a signal of the grid, to be followed as the operation mode says.</summary>
[OcppAction("AFRRSignal", OcppVersion.V21)]
public sealed record AFRRSignal(DateTimeOffset Timestamp, int Signal) : ICsmsCall<SignalGrid>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(SignalGrid request) => Wording.Of(new AFRRSignal(request.SignalAt, request.Signal));

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard, "Accepted");
}
