using System.Net;
using System.Runtime.CompilerServices;
using Xunit;

namespace Moovolt.Api.Tests;

public sealed class EventSpec(Bridge bridge) : IClassFixture<Bridge>, IDisposable
{
    private readonly HttpClient _operator = bridge.Operator();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task What_changes_is_told_as_it_changes_with_ids_that_grow()
    {
        await using var stream = await Listen("");
        await stream.Next(); // the id that it begins at

        await _operator.Put("tokens/EV-1", new { });
        await _operator.Put("charge-points/EV-1", new { });

        var (token, chargePoint) = (await stream.Event(), await stream.Event());
        Assert.Equal("token-changed", token.Type);
        Assert.Equal("charge-point-registered", chargePoint.Type);
        Assert.Contains("\"EV-1\"", chargePoint.Data, StringComparison.Ordinal);
        Assert.Equal(token.Id + 1, chargePoint.Id);
    }

    [Fact]
    public async Task A_stream_that_broke_goes_on_without_gap_or_repeat()
    {
        long heard;
        await using (var first = await Listen(""))
        {
            await first.Next();
            await _operator.Put("tokens/GAP-0", new { });
            heard = (await first.Event()).Id;
        }

        for (var i = 1; i <= 5; i++) await _operator.Put($"tokens/GAP-{i}", new { });

        await using var second = await Listen("", $"{heard}");
        for (var i = 1; i <= 5; i++)
        {
            var change = await second.Event();
            Assert.Equal(heard + i, change.Id);
            Assert.Contains($"\"GAP-{i}\"", change.Data, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("999999999")]
    [InlineData("not-a-number")]
    [InlineData("-1")]
    public async Task Who_heard_what_nobody_knows_of_must_read_anew(string lastEventId)
    {
        await using var stream = await Listen("", lastEventId);

        Assert.Equal("reset", (await stream.Next()).Type);
        await _operator.Put("tokens/RESET", new { driver = lastEventId });
        Assert.Equal("token-changed", (await stream.Event()).Type);
    }

    [Fact]
    public async Task A_listener_hears_what_it_asked_for_and_nothing_else()
    {
        await using var ofCharger = await Listen("?chargePoint=ONLY-1");
        await using var ofType = await Listen("?type=token-removed");
        await ofCharger.Next();
        await ofType.Next();

        await _operator.Put("charge-points/ONLY-2", new { });
        await _operator.Put("tokens/ONLY", new { });
        await _operator.Put("charge-points/ONLY-1", new { });
        await _operator.Delete("tokens/ONLY");

        Assert.Contains("ONLY-1", (await ofCharger.Event()).Data, StringComparison.Ordinal);
        Assert.Equal("token-removed", (await ofType.Event()).Type);
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_is_alive_and_where_it_stands()
    {
        await using var stream = await Listen("?type=nothing-of-the-kind");
        var began = (await stream.Next()).Id;
        await _operator.Put("tokens/QUIET", new { });

        Told beat;
        while ((beat = await stream.Next()).Id == began) Assert.Null(beat.Type); // a beat may come before the change does
        Assert.True(beat.IsBeat);
        Assert.Null(beat.Type);
    }

    [Fact]
    public async Task One_stream_more_than_a_node_serves_is_told_to_come_later()
    {
        var streams = new List<Listening>();
        for (var i = 0; i < 5; i++) streams.Add(await Listen(""));

        Assert.Equal(503, (await _operator.Get("events")).Status);

        foreach (var stream in streams) await stream.DisposeAsync();
        while ((await TryListen()) != HttpStatusCode.OK) await Task.Delay(50, _patience.Token); // their places are free again
    }

    private async Task<HttpStatusCode> TryListen()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/events", UriKind.Relative));
        using var response = await _operator.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _patience.Token);
        return response.StatusCode;
    }

    private async Task<Listening> Listen(string query, string? lastEventId = null)
    {
        HttpResponseMessage response;
        do // the places of streams that have just ended are free in a moment
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/events{query}", UriKind.Relative));
            if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
            response = await _operator.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _patience.Token);
        }
        while (response.StatusCode == HttpStatusCode.ServiceUnavailable);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new Listening(response, Read(await response.Content.ReadAsStreamAsync(_patience.Token), _patience.Token).GetAsyncEnumerator());
    }

    // A reader as the specification of Server-Sent Events has it, but that shows what has no data too.
    private static async IAsyncEnumerable<Told> Read(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream);
        var told = new Told(0, null, "", IsBeat: false);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            told = line.Split(": ", 2) switch
            {
                ["id", var id] => told with { Id = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture) },
                ["event", var type] => told with { Type = type },
                ["data", var data] => told with { Data = told.Data + data },
                ["", _] => told with { IsBeat = true },
                _ => told,
            };
            if (line.Length > 0) continue;
            yield return told;
            told = new Told(told.Id, null, "", IsBeat: false);
        }
    }

    private sealed record Told(long Id, string? Type, string Data, bool IsBeat);

    private sealed class Listening(HttpResponseMessage response, IAsyncEnumerator<Told> told) : IAsyncDisposable
    {
        public async Task<Told> Next() => await told.MoveNextAsync() ? told.Current : throw new EndOfStreamException();

        /// <summary>The next that has data.</summary>
        public async Task<Told> Event()
        {
            Told next;
            do next = await Next();
            while (next.Data.Length == 0);
            return next;
        }

        public ValueTask DisposeAsync()
        {
            response.Dispose(); // and with it the connection: the server sees the listener go
            return ValueTask.CompletedTask;
        }
    }
}
