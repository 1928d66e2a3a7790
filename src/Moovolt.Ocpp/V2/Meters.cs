using System.Collections.Immutable;
using System.Globalization;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>
/// What meters show, from the words of 2.x to the domain's. Nothing is converted: unit and power are kept beside the
/// value.
/// </summary>
internal static class Meters
{
    public static ImmutableArray<Sample> Samples(ImmutableArray<MeterValue>? values) =>
        values is not { IsDefaultOrEmpty: false } given
        ? []
        : [.. given.Select(value => new Sample(value.Timestamp, Readings(value.SampledValue)))];

    private static ImmutableArray<Reading> Readings(ImmutableArray<SampledValue>? values) =>
        values is not { IsDefaultOrEmpty: false } given
        ? []
        : [.. given.Where(sampled => sampled.Value is not null).Select(Reading)];

    private static Reading Reading(SampledValue sampled) => new(
        sampled.Value!.Value.ToString(CultureInfo.InvariantCulture), // checked above
        sampled.Measurand,
        sampled.UnitOfMeasure?.Unit,
        sampled.Context,
        sampled.Phase,
        sampled.Location,
        Format: null,
        sampled.UnitOfMeasure?.Multiplier,
        Signed(sampled.SignedMeterValue));

    private static SignedReading? Signed(SignedMeterValue? value) => value?.SignedMeterData is { } data
        ? new SignedReading(data, value.SigningMethod, value.EncodingMethod, value.PublicKey)
        : null;
}
