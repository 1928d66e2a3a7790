using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// What is agreed with vendors, in memory, so that no frame waits for a database. Read anew every few seconds; while
/// the database is away, what was known last stays so.
/// </summary>
public sealed class VendorBook(VendorTable table, TimeProvider clock, ILogger<VendorBook> log)
{
    /// <summary>How long a change may go unnoticed.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    private VendorRules rules = VendorRules.None;

    /// <summary>As it was a few seconds ago at most.</summary>
    public VendorRules Rules => Volatile.Read(ref rules);

    /// <summary>Reads them now.</summary>
    public async Task ReadAsync(CancellationToken cancellation) =>
        Volatile.Write(ref rules, new VendorRules(await table.RulesAsync(cancellation)));

    /// <summary>Reads them again and again, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await ReadAsync(cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("The vendors could not be read, and stay as they were: {Reason}", e.Message);
            }
        }
    }
}
