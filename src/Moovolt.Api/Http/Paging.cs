using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Api.Http;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">The cursor of the next part; null when there is none.</param>
internal sealed record Listing<T>(ImmutableArray<T> Items, string? Next)
{
    public static Listing<T> Of<TRow>(Page<TRow> page, Func<TRow, T> show) =>
        new([.. page.Items.Select(show)], page.Next);
}

/// <summary>Which part of a list is asked for.</summary>
internal sealed record Paging(
    [property: FromQuery(Name = "limit"),
        Description("How many items at most: 1 to 500; 50 when left out.")] int? Limit,
    [property: FromQuery(Name = "cursor"), Description("The `next` of the part before, unchanged.")] string? Cursor)
{
    private const int Usual = 50;
    private const int Most = 500;

    public int Rows => Limit ?? Usual;

    public Problem? Wrong => Limit is < 1 or > Most
        ? Problem.BadRequest("unreadable-parameter", $"'limit' is 1 to {Most}, not {Limit}.")
        : null;
}
