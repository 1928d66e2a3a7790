using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Moovolt.Cluster;
using Moovolt.Cluster.Oldest;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;
using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.LocalLists;

namespace Moovolt.Node.Lists;

/// <summary>
/// Keeps the local lists that are managed in step with the tokens: one loop for all nodes, on the oldest member. Tokens
/// do not know who holds them; the read model does. What a list shall be is compared with what the charger has accepted,
/// when a token on it has changed, when this loop begins, and every hour; so no message must arrive, and none is sent
/// twice for the same: the charge point itself refuses a list that it holds, or that is on its way.
/// </summary>
internal sealed class ListKeeper(
    LocalListTable lists,
    ListedTokens tokens,
    ChangeTable changes,
    Entities entities,
    TimeProvider time,
    ILogger<ListKeeper> log)
{
    /// <summary>Who asks, where an operator's name would be.</summary>
    private const string Asker = "moovolt";

    private const int AtOnce = 50; // lists a second: a list may have 2,000 tokens
    private const int MostTokens = 200; // when more have changed, every list is looked at
    private const int Patience = 60; // seconds, for the charger's answer

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // A fleet's tokens are changed one by one: what changes within this time of the first is one list.
    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(2);

    // A list that is not as it shall be is asked for again after this time, then twice that, up to the longest.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAgain = TimeSpan.FromHours(1);

    private static readonly TimeSpan EveryList = TimeSpan.FromHours(1);

    // A charger that is away gets it when it comes back; later than that, it is asked for anew.
    private static readonly TimeSpan MayWait = TimeSpan.FromDays(1);

    public Loop Loop => new("local-lists", RunAsync);

    private async Task RunAsync(CancellationToken cancellation)
    {
        var doubtful = new Dictionary<ChargePointId, Doubt>();
        long? heard = null;
        var everyAt = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            var now = time.GetUtcNow();
            var kept = await changes.KeptAsync(cancellation);
            var changed = heard is { } last && kept.CanResumeAfter(last) && now < everyAt
                ? await ChangedAsync(last, kept.Newest, cancellation)
                : null;
            if (changed is null) everyAt = now + EveryList;
            var concerned = changed switch
            {
                null => await lists.ManagedAsync(cancellation),
                { Count: 0 } => [],
                var some => await lists.ManagedAsync(some, cancellation),
            };
            foreach (var id in concerned)
                doubtful[id] = new Doubt(changed is null ? now : now + Gather, 0).SoonerOf(doubtful.GetValueOrDefault(id));
            heard = kept.Newest;

            foreach (var id in doubtful.Where(entry => entry.Value.DueAt <= now)
                .OrderBy(entry => entry.Value.DueAt).Take(AtOnce).Select(entry => entry.Key).ToList())
            {
                if (await IsInStepAsync(id, now, doubtful[id].Tries == 0, cancellation)) doubtful.Remove(id);
                else doubtful[id] = doubtful[id].Later(now);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    // Null: more than can be told one by one.
    private async Task<HashSet<TokenId>?> ChangedAsync(long after, long newest, CancellationToken cancellation)
    {
        if (newest == after) return [];
        var changed = new HashSet<TokenId>();
        foreach (var type in (string[])["token-changed", "token-removed"])
        {
            var rows = await changes.AfterAsync(after, new ChangeFilter(Type: type), MostTokens + 1, cancellation);
            if (rows.Count > MostTokens) return null;
            foreach (var row in rows)
            {
                using var body = JsonDocument.Parse(row.Body);
                changed.Add(new TokenId(body.RootElement.GetProperty("id").GetString() ?? ""));
            }
        }

        return changed;
    }

    // True: there is nothing to do, now at least. What was asked for shows in the tables when the charger has taken it.
    private async Task<bool> IsInStepAsync(
        ChargePointId id, DateTimeOffset now, bool isNews, CancellationToken cancellation)
    {
        var list = await lists.FindAsync(id, cancellation);
        if (list.Follows == ListFollowing.Nothing) return true;
        if (!list.InStep)
        {
            Ask(id, new ReadLocalListVersion(Resend: true), now);
            return false;
        }

        var longest = Longest(list.Protocol);
        var wanted = list.Follows == ListFollowing.All
            ? await tokens.AllAsync(longest, now, cancellation)
            : [.. (await tokens.NamedAsync(list.Items.Select(item => item.Token), longest, now, cancellation))
                .Where(entry => entry.Status is not null && entry.Token.Length <= longest)];
        if (wanted.Length > LocalLists.Most)
        {
            if (isNews)
                log.LogWarning("{ChargePoint} follows all tokens: more than the {Most} of a list", id, LocalLists.Most);
            return false;
        }

        if (Rows(wanted).SetEquals(list.Items)) return true;
        log.LogInformation("{ChargePoint} is sent its local list: a token on it has changed", id);
        if (list.Follows == ListFollowing.All && await tokens.LeftOutAsync(longest, now, cancellation) is > 0 and var left)
            log.LogInformation(
                "{Left} tokens have more than {Longest} characters, and are left out of the list of {ChargePoint}",
                left, longest, id);
        Ask(id, new SendLocalList(Update(list, longest), [], wanted), now);
        return false;
    }

    // Of a charger that spoke a later version before, there may be tokens on it that it cannot be told to take off.
    private static ListUpdate Update(LocalListRow list, int longest) =>
        list.Items.Any(item => item.Token.Length > longest) ? ListUpdate.Full : ListUpdate.Auto;

    private static int Longest(string? protocol) => protocol is not null && Dialect.Find(protocol) is { } dialect
        ? dialect.LongestToken : ListedTokens.LongestAnywhere;

    private void Ask(ChargePointId id, StationRequest wish, DateTimeOffset now)
    {
        var whose = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id.Value));
        entities.Tell(new RequestStation(
            id, $"{Guid.CreateVersion7(now):N}-{whose}", wish, Asker, Patience, now + MayWait, now));
    }

    private static HashSet<LocalListItemRow> Rows(IEnumerable<LocalListEntry> entries) =>
        [.. entries.Select(LocalListItemRow.Of)];

    /// <summary>A list that may not be as it shall, and when it is looked at.</summary>
    private sealed record Doubt(DateTimeOffset DueAt, int Tries)
    {
        public Doubt Later(DateTimeOffset now)
        {
            var wait = Again * Math.Pow(2, Math.Min(Tries, 10));
            return new Doubt(now + (wait < LongestAgain ? wait : LongestAgain), Tries + 1);
        }

        /// <summary>News do not put off what is due, and begin the waiting anew.</summary>
        public Doubt SoonerOf(Doubt? other) => other?.DueAt < DueAt ? this with { DueAt = other.DueAt } : this;
    }
}
