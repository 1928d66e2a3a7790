using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.Api.Vendors;

/// <summary>What chargers are answered when a vendor's message comes.</summary>
internal enum VendorAnswer
{
    Accepted,
    Rejected,
}

/// <summary>A vendor whose messages are known here.</summary>
/// <param name="MessageIds">Which messages; empty for any.</param>
/// <param name="ResponseData">The data of the answer.</param>
internal sealed record VendorResource(
    string VendorId,
    ImmutableArray<string> MessageIds,
    VendorAnswer Answer,
    string? ResponseData,
    DateTimeOffset ChangedAt,
    string ChangedBy)
{
    public static VendorResource Of(VendorRow row) => new(
        row.Rule.VendorId,
        row.Rule.MessageIds,
        row.Rule.Accepts ? VendorAnswer.Accepted : VendorAnswer.Rejected,
        row.Rule.ResponseData,
        row.ChangedAt,
        row.ChangedBy);

    public static EntityTagHeaderValue? TagOf(VendorRow? row) => row is null
        ? null
        : Versions.Tag([.. row.Rule.MessageIds, row.Rule.VendorId, row.Rule.Accepts, row.Rule.ResponseData]);
}
