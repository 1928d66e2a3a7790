using System.Net;
using System.Net.Sockets;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>However a database says that it cannot be asked, it is known for that; and a defect is not taken for it.</summary>
public sealed class AwaySpec
{
    [Fact]
    public async Task A_server_that_nobody_knows_that_does_not_listen_or_does_not_speak_is_away()
    {
        var unknown = await Failure("Host=nobody.invalid");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var silent = await Failure($"Host=127.0.0.1;Port={port}");
        listener.Stop();
        var gone = await Failure($"Host=127.0.0.1;Port={port}");

        Assert.True(Database.IsAway(unknown), $"{unknown}");
        Assert.True(Database.IsAway(silent), $"{silent}");
        Assert.True(Database.IsAway(gone), $"{gone}");
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_away()
    {
        await using var database = new SqliteDatabase(Path.Combine(Path.GetTempPath(), "moovolt-no-such", "directory", "a.db"));
        var error = await Record.ExceptionAsync(async () => await database.OpenAsync(CancellationToken.None));

        Assert.NotNull(error);
        Assert.True(Database.IsAway(error), $"{error}");
    }

    // As the runtime says it to whoever may open no more files, before any driver is there to say it in its words.
    [Fact]
    public void No_file_left_to_open_and_waiting_that_took_too_long_are_no_defects() =>
        Assert.All<Exception>(
            [new SocketException((int)SocketError.TooManyOpenSockets), new TimeoutException()],
            error => Assert.True(Database.IsAway(error)));

    [Fact]
    public void A_defect_is_none() =>
        Assert.DoesNotContain(
            new Exception[] { new InvalidOperationException(), new ObjectDisposedException("it"), new OperationCanceledException() },
            Database.IsAway);

    private static async Task<Exception> Failure(string where)
    {
        await using var database = new PostgresDatabase($"{where};Database=moovolt;Username=moovolt;Timeout=2;Ssl Mode=Disable");
        return await Record.ExceptionAsync(async () => await database.OpenAsync(CancellationToken.None))
            ?? throw new InvalidOperationException("It was reached.");
    }
}
