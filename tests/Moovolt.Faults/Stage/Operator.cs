using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moovolt.Rig;

namespace Moovolt.Faults.Stage;

/// <summary>A command that was given, and what the operator was told of it.</summary>
/// <param name="Verb">As in the path of the API.</param>
/// <param name="Mark">What its data is, and no other's; null where there is no room for it.</param>
/// <param name="Id">Its id; null when there is none, or none was told.</param>
/// <param name="Unclear">Some try was not answered, so that without an id nobody knows whether it exists.</param>
internal sealed record GivenCommand(string Station, string Verb, string? Mark, string? Id, bool Unclear);

/// <summary>
/// Somebody who works at the HTTP bridge all the while, at any node that runs: three of four requests read, the others
/// are commands to chargers. One that is not answered is given again, elsewhere and under its Idempotency-Key.
/// </summary>
internal sealed class Operator : IAsyncDisposable
{
    /// <summary>Whose messages simulated chargers take; those of others they reject.</summary>
    private const string OwnVendor = "Moovolt";

    private const int Tries = 3;
    private const int MostUnderWay = 200;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<GivenCommand> _commands = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private readonly Theatre _theatre;
    private readonly ImmutableArray<string> _stations;
    private readonly ImmutableArray<string> _idle;
    private readonly string _prefix;
    private readonly Random _random;
    private readonly Task _work;
    private volatile string? _transaction;
    private long _answered;
    private int _marks;

    /// <param name="crowd">Whose chargers are looked at and commanded.</param>
    /// <param name="perSecond">How many requests; 0: none ever.</param>
    public Operator(Theatre theatre, Crowd crowd, double perSecond, int seed)
    {
        (_theatre, _prefix, _random) = (theatre, crowd.Prefix, new Random(seed));
        _stations = [.. crowd.Chargers.Select(charger => charger.Id)];
        _idle = [.. _stations.Where(station => station.StartsWith(crowd.IdlePrefix, StringComparison.Ordinal))];
        _work = perSecond > 0 ? Work(perSecond) : Task.CompletedTask;
    }

    /// <summary>Requests that were answered with what was asked for, since the beginning.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>All that were given, those that were refused included.</summary>
    public IReadOnlyCollection<GivenCommand> Commands => _commands;

    /// <summary>Reads that were not answered, or not with what was asked for: how often, by why.</summary>
    public IReadOnlyDictionary<string, int> FailedReads => _failures;

    /// <summary>Gives one charger a command that is told from all others, whatever else is done.</summary>
    public Task Transfer(string station) => Give(station, "data-transfer", vendor: OwnVendor);

    /// <summary>Asks nothing any more, and waits until what was asked is answered or given up.</summary>
    public async Task Rest()
    {
        await _end.CancelAsync();
        await _work;
    }

    /// <summary>Whether each node answers each question again.</summary>
    /// <returns>What is not so, in sentences.</returns>
    public async Task<IReadOnlyList<string>> Works(TimeSpan within)
    {
        List<string> broken = [];
        foreach (var node in Running())
        {
            foreach (var question in Questions(_stations[0]))
            {
                var last = "";
                async Task<bool> Answers() => (last = await Read(node, question)) == "";
                if (!await Eventually.Is(Answers, within))
                    broken.Add($"{question} does not work again at {node.Url}: {last}.");
            }
        }

        return broken;
    }

    public async ValueTask DisposeAsync()
    {
        await Rest();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task Work(double perSecond)
    {
        List<Task> underWay = [];
        try
        {
            // By the clock and not by the tick: what a busy machine has made it miss is asked all the same.
            var clock = Stopwatch.StartNew();
            for (var asked = 0; ; await Task.Delay(Beat, _end.Token))
            {
                underWay.RemoveAll(task => task.IsCompletedSuccessfully);
                for (; asked < clock.Elapsed.TotalSeconds * perSecond; asked++)
                {
                    if (underWay.Count < MostUnderWay) underWay.Add(Something());
                    else Failed("too many are unanswered");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The day is over.
        }

        await Task.WhenAll(underWay);
    }

    // All chance is drawn here, by the one who works, so that the same seed asks the same.
    private Task Something()
    {
        var station = _stations[_random.Next(_stations.Length)];
        var kind = _random.Next(20);
        var idle = _idle.IsEmpty ? station : _idle[_random.Next(_idle.Length)];
        if (kind >= 5)
        {
            var questions = Questions(station);
            return Ask(questions[_random.Next(questions.Length)], _random.Next());
        }

        return kind switch
        {
            0 when !_idle.IsEmpty => Give(idle, "unlock"),
            1 when !_idle.IsEmpty => Give(idle, "change-availability"),
            2 => Give(station, "data-transfer", vendor: "somebody else"),
            _ => Transfer(station),
        };
    }

    private ImmutableArray<string> Questions(string station) =>
    [
        "charge-points?limit=20",
        $"charge-points/{station}",
        $"transactions?chargePoint={station}&limit=5",
        $"transactions/{_transaction}",
        "commands?limit=20",
    ];

    private async Task Ask(string question, int pick)
    {
        if (Running() is not [_, ..] nodes) return;
        var why = await Read(nodes[pick % nodes.Length], question);
        if (why != "") Failed(why);
    }

    /// <returns>Why it failed; empty when it did not.</returns>
    private async Task<string> Read(MoovoltProcess node, string question)
    {
        var path = question.TrimEnd('/'); // of no transaction yet: the list of them
        var (status, body) = await Send(node, HttpMethod.Get, path, null, null);
        if (status != HttpStatusCode.OK) return status is { } code ? $"{(int)code}" : "no answer";
        Interlocked.Increment(ref _answered);
        if (path.StartsWith("transactions?", StringComparison.Ordinal) && body?["items"]?.AsArray() is [{ } newest, ..])
            _transaction = newest["id"]!.GetValue<string>();
        return "";
    }

    private async Task Give(string station, string verb, string? vendor = null)
    {
        var number = Interlocked.Increment(ref _marks);
        var mark = vendor is null ? null : $"{_prefix}mark-{number}";
        object body = verb switch
        {
            "unlock" => new { evse = 1, connector = 1 },
            "change-availability" => new { operative = true },
            _ => new { vendorId = vendor, data = mark },
        };
        // One that may wait for its charger, now and then.
        var path = $"charge-points/{station}/commands/{verb}{(number % 4 == 0 ? "?queue=15" : "")}";
        var key = $"{_prefix}-{Guid.NewGuid():N}";
        var unclear = false;
        for (var attempt = 0; attempt < Tries && Running() is [_, ..] nodes; attempt++)
        {
            var node = nodes[(number + attempt) % nodes.Length];
            var (status, said) = await Send(node, HttpMethod.Post, path, body, key);
            if (status is HttpStatusCode.OK or HttpStatusCode.Accepted)
            {
                Interlocked.Increment(ref _answered);
                _commands.Enqueue(new GivenCommand(station, verb, mark, said!["id"]!.GetValue<string>(), unclear));
                return;
            }

            if (!unclear && status is HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                or HttpStatusCode.UnprocessableEntity)
            {
                Interlocked.Increment(ref _answered);
                break;
            }

            unclear = true;
            await Task.Delay(BetweenTries);
        }

        _commands.Enqueue(new GivenCommand(station, verb, mark, null, unclear));
    }

    private async Task<(HttpStatusCode? Status, JsonNode? Body)> Send(
        MoovoltProcess node, HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(node.Url, $"/api/v1/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _theatre.OperatorKey);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = JsonContent.Create(body);
        try
        {
            using var response = await _http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return (response.StatusCode, response.IsSuccessStatusCode ? JsonNode.Parse(text) : null);
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or IOException)
        {
            return (null, null);
        }
    }

    private void Failed(string why) => _failures.AddOrUpdate(why, 1, (_, times) => times + 1);

    private ImmutableArray<MoovoltProcess> Running() => [.. _theatre.Nodes.Where(node => node.IsRunning)];
}
