using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.Transactions;

/// <summary>One measurand of a sample, in the charger's own words: nothing is converted before it is stored.</summary>
/// <param name="Value">As sent; usually a decimal number.</param>
/// <param name="Measurand">Absent means Energy.Active.Import.Register (OCPP 1.6, 7.31).</param>
/// <param name="Unit">Absent means Wh for energy registers.</param>
/// <param name="Multiplier">The value is in that power of ten of its unit; absent means 0.</param>
/// <param name="Signed">The meter's own proof of the value; null when there is none.</param>
[DataContract]
public sealed record Reading(
    [property: DataMember(Order = 1)] string Value,
    [property: DataMember(Order = 2)] string? Measurand = null,
    [property: DataMember(Order = 3)] string? Unit = null,
    [property: DataMember(Order = 4)] string? Context = null,
    [property: DataMember(Order = 5)] string? Phase = null,
    [property: DataMember(Order = 6)] string? Location = null,
    [property: DataMember(Order = 7)] string? Format = null,
    [property: DataMember(Order = 8)] int? Multiplier = null,
    [property: DataMember(Order = 9)] SignedReading? Signed = null)
{
    private const string EnergyRegister = "Energy.Active.Import.Register";
    private const decimal Largest = 1_000_000_000_000m; // more is no register, and no power
    private const int MostPower = 12;

    /// <summary>
    /// The total energy register that this reading is, or null when it is something else or unreadable.
    /// </summary>
    public Energy? Register()
    {
        if (Measurand is not (null or EnergyRegister) || Phase is not null || Format is "SignedData") return null;
        if (Location is not (null or "Outlet")) return null;
        if (!MeterText.TryRead(Value, out var value) || Scaled(value) is not { } scaled || scaled is < 0 or > Largest)
            return null;
        return new Energy((long)decimal.Floor(Unit == "kWh" ? scaled * 1000m : scaled));
    }

    /// <summary>
    /// The power in watts that this reading is, over all phases; null when it is something else or unreadable.
    /// </summary>
    public decimal? Power() =>
        Measurand == "Power.Active.Import" && Phase is null && MeterText.TryRead(Value, out var value)
            && Scaled(value) is >= 0 and < Largest and var watts
            ? Unit == "kW" ? watts * 1000m : watts
            : null;

    // A power of ten that no unit has is not believed.
    private decimal? Scaled(decimal value)
    {
        if (Multiplier is null or 0) return value;
        if (Multiplier is < -MostPower or > MostPower || value is > Largest or < -Largest) return null;
        for (var power = Math.Abs(Multiplier.Value); power > 0; power--)
            value = Multiplier > 0 ? value * 10m : value / 10m;
        return value;
    }
}

/// <summary>
/// What a meter signed, byte for byte: the proof of a value before calibration law (OCPP 2.0.1, SignedMeterValueType).
/// </summary>
/// <param name="Data">Base64 of the signed data.</param>
/// <param name="SigningMethod">Which signature, such as ECDSA-secp256r1-SHA256; null when the data itself says.</param>
/// <param name="EncodingMethod">How the data is encoded before it was signed, such as OCMF.</param>
/// <param name="PublicKey">Base64; null when it was given another way.</param>
[DataContract]
public sealed record SignedReading(
    [property: DataMember(Order = 1)] string Data,
    [property: DataMember(Order = 2)] string? SigningMethod,
    [property: DataMember(Order = 3)] string? EncodingMethod,
    [property: DataMember(Order = 4)] string? PublicKey);

/// <summary>What a meter showed at one moment: every measurand of it is kept.</summary>
/// <param name="At">The charger's own time; null when it gave none that can be read.</param>
[DataContract]
public sealed record Sample([property: DataMember(Order = 1)] DateTimeOffset? At, ImmutableArray<Reading> Readings)
{
    [DataMember(Order = 2)]
    public ImmutableArray<Reading> Readings { get => field.IsDefault ? [] : field; init; } = Readings;

    /// <summary>The total energy register in this sample, if it has one.</summary>
    public Energy? Register() =>
        Readings.Select(reading => reading.Register()).FirstOrDefault(energy => energy is not null);

    /// <summary>The total energy register of one context, in OCPP's word; null when there is none.</summary>
    internal Energy? Register(string context) => Readings
        .Where(reading => reading.Context == context)
        .Select(reading => reading.Register())
        .FirstOrDefault(energy => energy is not null);

    /// <summary>A register that is written in the manner of a country; null when there is none.</summary>
    public string? Localised() => Readings
        .FirstOrDefault(reading => MeterText.IsLocalised(reading.Value) && reading.Register() is not null)?.Value;
}

/// <summary>Something odd in what a charger said. It changes nothing else; an operator may want to read it.</summary>
/// <param name="Code">Stable and kebab-case, such as <c>meter-runs-backwards</c>.</param>
/// <param name="Detail">In plain words.</param>
[DataContract]
public sealed record Oddity(
    [property: DataMember(Order = 1)] string Code,
    [property: DataMember(Order = 2)] string Detail);
