using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingNeedsType: Charging needs.</summary>
public sealed record ChargingNeeds(
    [OneOf("DC", "AC_single_phase", "AC_two_phase", "AC_three_phase")]
    [OneOf("AC_BPT", "AC_BPT_DER", "AC_DER", "DC_BPT", "DC_ACDP", "DC_ACDP_BPT", "WPT", Since = OcppVersion.V21)]
    string RequestedEnergyTransfer,
    AcChargingParameters? AcChargingParameters = null,
    [Since(OcppVersion.V21)] DerChargingParameters? DerChargingParameters = null,
    [Since(OcppVersion.V21)] EvEnergyOffer? EvEnergyOffer = null,
    DcChargingParameters? DcChargingParameters = null,
    [Since(OcppVersion.V21)] V2xChargingParameters? V2xChargingParameters = null,
    [Since(OcppVersion.V21)]
    [OneOf(
        "AC_single_phase", "AC_two_phase", "AC_three_phase", "DC", "AC_BPT", "AC_BPT_DER", "AC_DER", "DC_BPT",
        "DC_ACDP", "DC_ACDP_BPT", "WPT")]
    [MinItems(1)]
    ImmutableArray<string>? AvailableEnergyTransfer = null,
    [Since(OcppVersion.V21), OneOf("ScheduledControl", "DynamicControl")] string? ControlMode = null,
    [Since(OcppVersion.V21), OneOf("EVCC", "EVCC_SECC")] string? MobilityNeedsMode = null,
    DateTimeOffset? DepartureTime = null);
