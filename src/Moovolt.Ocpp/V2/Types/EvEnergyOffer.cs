namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EVEnergyOfferType: EVEnergy offer.</summary>
public sealed record EvEnergyOffer(
    EvPowerSchedule EvPowerSchedule,
    EvAbsolutePriceSchedule? EvAbsolutePriceSchedule = null);
