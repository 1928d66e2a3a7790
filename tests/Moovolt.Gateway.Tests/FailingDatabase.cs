using System.Data.Common;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Gateway.Tests;

/// <summary>A database that cannot be reached for as many tries as it is told.</summary>
internal sealed class FailingDatabase(Database inner) : Database
{
    private int left;
    private Func<Exception> away = () => throw new InvalidOperationException("It was not told how to fail.");

    public override SqlDialect Dialect => inner.Dialect;

    public override string Name => inner.Name;

    /// <summary>The next tries to reach it end so.</summary>
    public void Fail(int times, Func<Exception> how)
    {
        away = how;
        Volatile.Write(ref left, times);
    }

    public override ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) =>
        Interlocked.Decrement(ref left) >= 0
            ? ValueTask.FromException<DbConnection>(away())
            : inner.OpenAsync(cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask; // whoever made the inner one disposes of it
}
