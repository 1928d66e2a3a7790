using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What is agreed with a vendor about its messages (OCPP 1.6, 4.3).</summary>
/// <param name="MessageIds">Which messages; empty for any, with or without an id.</param>
/// <param name="Accepts">Whether they are answered Accepted, or Rejected.</param>
/// <param name="ResponseData">The data of the answer; null for none.</param>
public sealed record VendorRule(string VendorId, ImmutableArray<string> MessageIds, bool Accepts, string? ResponseData);

/// <summary>What a vendor's message is answered.</summary>
/// <param name="Data">Null for a vendor or a message that nobody knows.</param>
public readonly record struct TransferVerdict(TransferStatus Status, string? Data);

/// <summary>
/// All that is agreed with vendors, as it is at one moment. Ids are compared without case (CiString).
/// </summary>
public sealed class VendorRules(IEnumerable<VendorRule> rules)
{
    /// <summary>No vendor is known.</summary>
    public static readonly VendorRules None = new([]);

    private readonly FrozenDictionary<string, VendorRule> byVendor =
        rules.ToFrozenDictionary(rule => rule.VendorId, StringComparer.OrdinalIgnoreCase);

    public TransferVerdict Judge(string vendorId, string? messageId)
    {
        if (!byVendor.TryGetValue(vendorId, out var rule)) return new(TransferStatus.UnknownVendorId, null);
        if (!rule.MessageIds.IsEmpty && !rule.MessageIds.Contains(messageId ?? "", StringComparer.OrdinalIgnoreCase))
            return new(TransferStatus.UnknownMessageId, null);
        return new(rule.Accepts ? TransferStatus.Accepted : TransferStatus.Rejected, rule.ResponseData);
    }
}
