using System.Runtime.Serialization;

namespace Moovolt.Domain;

/// <summary>Energy, or a meter's register, in whole watt-hours. Never a bare number, never a fraction.</summary>
[DataContract]
public readonly record struct Energy([property: DataMember(Order = 1)] long WattHours) : IComparable<Energy>
{
    public static Energy operator -(Energy left, Energy right) => new(left.WattHours - right.WattHours);
    public static Energy operator +(Energy left, Energy right) => new(left.WattHours + right.WattHours);
    public static bool operator <(Energy left, Energy right) => left.WattHours < right.WattHours;
    public static bool operator >(Energy left, Energy right) => left.WattHours > right.WattHours;
    public static bool operator <=(Energy left, Energy right) => left.WattHours <= right.WattHours;
    public static bool operator >=(Energy left, Energy right) => left.WattHours >= right.WattHours;

    public static Energy Subtract(Energy left, Energy right) => left - right;
    public static Energy Add(Energy left, Energy right) => left + right;

    public int CompareTo(Energy other) => WattHours.CompareTo(other.WattHours);

    public override string ToString() => $"{WattHours} Wh";
}
