using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, L04: keep it no more.</summary>
[OcppAction("UnpublishFirmware", OcppVersion.V201, OcppVersion.V21)]
public sealed record UnpublishFirmware([MaxLength(32)] string Checksum) : ICsmsCall
{
    public sealed record Response([OneOf("DownloadOngoing", "NoFirmware", "Unpublished")] string Status);

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard, "Unpublished");
}
