using Moovolt.Domain.ChargePoints;

namespace Moovolt.ReadModel.Vendors;

/// <summary>A vendor whose messages are known here.</summary>
public sealed record VendorRow(VendorRule Rule, DateTimeOffset ChangedAt, string ChangedBy);
