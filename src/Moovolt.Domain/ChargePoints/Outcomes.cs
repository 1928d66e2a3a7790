namespace Moovolt.Domain.ChargePoints;

/// <summary>From what an exchange came to, to what is so afterwards.</summary>
internal static class Outcomes
{
    public static ChargePoint Apply(ChargePoint state, StationAnswered e) => e.Answer.Outcome switch
    {
        // What is to come later changes nothing yet.
        null or AvailabilityScheduled => state,
        // Profiles have events of their own (ChargingProfiles); what was only read is for people.
        ProfileAccepted or ProfilesCleared or CompositeScheduleRead or DataTransferred => state,
        var unknown => throw new InvalidOperationException($"Nothing is known of {unknown.GetType().Name}"),
    };
}
