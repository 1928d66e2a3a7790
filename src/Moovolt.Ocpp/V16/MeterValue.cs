using System.Collections.Immutable;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Compliance;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16;

/// <summary>OCPP 1.6, 7.33: what a meter showed at one moment.</summary>
public sealed record MeterValue(
    [Required] DateTimeOffset? Timestamp,
    [Required] ImmutableArray<SampledValue>? SampledValue)
{
    public static ImmutableArray<Sample> ToSamples(ImmutableArray<MeterValue>? values, Manner manner)
    {
        if (values is not { } given) return [];
        var samples = ImmutableArray.CreateBuilder<Sample>(given.Length);
        foreach (var value in given) samples.Add(value.ToSample(manner));
        return samples.MoveToImmutable();
    }

    private Sample ToSample(Manner manner) =>
        new(Timestamp, SampledValue is { } values ? Readings(values, manner) : []);

    private static ImmutableArray<Reading> Readings(ImmutableArray<SampledValue> values, Manner manner)
    {
        var readings = ImmutableArray.CreateBuilder<Reading>(values.Length);
        foreach (var v in values)
        {
            if (v.Value is { } value)
                readings.Add(
                    new Reading(value, v.Measurand, v.UnitMeant(manner), v.Context, v.Phase, v.Location, v.Format));
        }

        return readings.DrainToImmutable();
    }
}

/// <summary>
/// OCPP 1.6, 7.43. Chargers measure more than the standard names, and number what it has as text: it is kept in their
/// words.
/// </summary>
public sealed record SampledValue(
    [Required, AsItComes] string? Value,
    [AsItComes, OneOf(
        "Interruption.Begin", "Interruption.End", "Sample.Clock", "Sample.Periodic", "Transaction.Begin",
        "Transaction.End", "Trigger", "Other")] string? Context,
    [AsItComes, OneOf("Raw", "SignedData")] string? Format,
    [AsItComes, OneOf(
        "Energy.Active.Import.Register", "Energy.Active.Export.Register", "Energy.Reactive.Export.Register",
        "Energy.Reactive.Import.Register", "Energy.Active.Export.Interval", "Energy.Active.Import.Interval",
        "Energy.Reactive.Export.Interval", "Energy.Reactive.Import.Interval", "Power.Active.Export",
        "Power.Active.Import", "Power.Offered", "Power.Reactive.Export", "Power.Reactive.Import", "Power.Factor",
        "Current.Import", "Current.Export", "Current.Offered", "Voltage", "Frequency", "Temperature", "SoC", "RPM")]
    string? Measurand,
    [AsItComes, OneOf("L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1")] string? Phase,
    [AsItComes, OneOf("Cable", "EV", "Inlet", "Outlet", "Body")] string? Location,
    [AsItComes, OneOf(
        "Wh", "kWh", "varh", "kvarh", "W", "kW", "VA", "kVA", "var", "kvar", "A", "V", "K", "Celcius", "Celsius",
        "Fahrenheit", "Percent")] string? Unit)
{
    private const string Energy = "Energy.Active."; // and what has no measurand is its import register (7.43)

    /// <summary>The unit that the value is in, which is not always the one that it says.</summary>
    public string? UnitMeant(Manner manner) =>
        manner.Has(Tolerances.KwhAsWh) && Unit is (null or "Wh")
            && (Measurand is null || Measurand.StartsWith(Energy, StringComparison.Ordinal))
            ? "kWh"
            : Unit;
}
