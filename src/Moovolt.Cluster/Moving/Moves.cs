using System.Collections.Immutable;
using Moovolt.Cluster.Joining;

namespace Moovolt.Cluster.Moving;

/// <summary>A member that lives, and what it holds.</summary>
/// <param name="Address">Akka's, as in <see cref="ClusterPicture"/>.</param>
/// <param name="Incarnation">Which run of the program at that address.</param>
/// <param name="Version">Its <see cref="WireVersion"/>.</param>
/// <param name="Sockets">Chargers that are connected to it, by its own count, at most a few seconds old.</param>
/// <param name="Charging">Those of them that have a running transaction.</param>
/// <param name="Drain">What an operator has asked of it; null when nobody has.</param>
public sealed record Holding(
    string Address, long Incarnation, bool TakesChargers, string Version, int Sockets, int Charging, Drain? Drain);

/// <summary>A member shall hold no chargers.</summary>
/// <param name="Rate">Sockets closed per second.</param>
/// <param name="Leave">It shall leave the cluster, and its program end, when the last one is closed.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When, by the database's clock.</param>
public sealed record Drain(int Rate, bool Leave, string AskedBy, DateTimeOffset AskedAt);

/// <summary>What came of a wish to move chargers.</summary>
public abstract record Moved
{
    private Moved()
    {
    }

    /// <summary>It is written down; the member reads it within 2 s.</summary>
    /// <param name="Of">What the member held at that moment.</param>
    public sealed record Asked(Holding Of) : Moved;

    /// <summary>Each member that holds more than its share closes as many sockets as that is.</summary>
    public sealed record Shared(ImmutableArray<Share> Of) : Moved;

    /// <param name="Code">Stable, kebab-case.</param>
    /// <param name="Reason">A sentence or two, with what to do.</param>
    public sealed record Refused(string Code, string Reason) : Moved;
}

/// <summary>
/// Moves chargers between members: what an operator wants is written down here, and each member reads what concerns it
/// (<see cref="Duties"/>). So it works through any member, and from a command line that knows only the database.
/// </summary>
public sealed class Moves(ClusterBook book)
{
    /// <summary>Sockets per second; above it there is no pace any more.</summary>
    public const int FastestRate = 10_000;

    private static readonly Moved.Refused Alone = new(
        "alone",
        "This node is by itself: there is nobody to move its chargers to. Stop it (Ctrl-C, SIGTERM), and it drains "
            + "first.");

    private readonly MoveTable table = new(book);

    /// <summary>The members that live and know how to drain; none for a node that is by itself.</summary>
    public async Task<ImmutableArray<Holding>> Look(CancellationToken cancellation) =>
        book.IsShared ? await table.Holdings(cancellation) : [];

    /// <summary>
    /// From now on a member takes no chargers, and closes the sockets that it has at a pace. It stays a member, its
    /// entities stay served, and it stays drained when it is started again. Asking again changes the rate.
    /// </summary>
    /// <param name="name">Its address, or the part that tells: host and port, or the host alone.</param>
    /// <param name="rate">Sockets per second, 1 to <see cref="FastestRate"/>.</param>
    /// <param name="leave">Whether it shall leave when it is empty.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<Moved> Drain(string name, int rate, bool leave, string by, CancellationToken cancellation)
    {
        if (!book.IsShared) return Alone;
        var members = await table.Holdings(cancellation);
        if (Find(name, members) is not { } member) return Unknown(name, members);
        if (!member.TakesChargers)
            return new Moved.Refused("no-gateway", $"{member.Address} takes no chargers: it has not the role gateway.");
        if (!members.Any(other => other.TakesChargers && other.Drain is null && other.Address != member.Address))
        {
            return new Moved.Refused(
                "nobody-else", $"No other member takes chargers: those of {member.Address} could go nowhere. Start or "
                    + "undrain another one first; to stop serving, stop the program (SIGTERM).");
        }

        var drain = await table.Drain(member.Address, rate, leave, by, cancellation);
        return new Moved.Asked(member with { Drain = drain });
    }

    /// <summary>A member takes chargers again, as long as it has not left.</summary>
    /// <returns><see cref="Moved.Asked"/> too when it was not drained.</returns>
    /// <inheritdoc cref="Drain" path="/param"/>
    public async Task<Moved> Undrain(string name, CancellationToken cancellation)
    {
        if (!book.IsShared) return Alone;
        var members = await table.Holdings(cancellation);
        if (Find(name, members) is { } member)
        {
            await table.Undrain(member.Address, cancellation);
            return new Moved.Asked(member with { Drain = null });
        }

        // One that does not run at the moment must not come back drained.
        return await table.Undrain(name, cancellation)
            ? new Moved.Asked(new Holding(name, 0, false, "", 0, 0, null))
            : Unknown(name, members);
    }

    /// <summary>
    /// Members that hold many more sockets than the mean close those above it, once, at a pace, and never those of
    /// chargers that charge. Where they come back to is the load balancer's to choose: some may come back to where they
    /// were, so it may take two or three times.
    /// </summary>
    /// <param name="rate">Sockets per second and member, 1 to <see cref="FastestRate"/>.</param>
    /// <param name="tolerance">Per cent above the mean that are left alone, 0 to 100.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<Moved> Rebalance(int rate, int tolerance, string by, CancellationToken cancellation)
    {
        if (!book.IsShared) return Alone;
        var members = await table.Holdings(cancellation);
        var shares = Share.Of(members, tolerance);
        if (shares.Length < 2)
        {
            return new Moved.Refused(
                "nobody-else", "There is one member that takes chargers, or none: there is nothing to share out.");
        }

        foreach (var share in shares.Where(share => share.Surplus > 0))
            await table.GiveUp(share, rate, by, cancellation);
        return new Moved.Shared(shares);
    }

    /// <summary>Whom a name means: an address, host and port, or a host that one member alone has.</summary>
    public static Holding? Find(string name, ImmutableArray<Holding> members)
    {
        if (members.FirstOrDefault(member => Fits(member.Address)) is { } exact) return exact;
        var there = members.Where(member => Akka.Actor.Address.Parse(member.Address).Host == name).ToArray();
        return there.Length == 1 ? there[0] : null;

        bool Fits(string address) => address == name || address.EndsWith($"@{name}", StringComparison.Ordinal);
    }

    private static Moved.Refused Unknown(string name, ImmutableArray<Holding> members) => new(
        "unknown-member",
        $"No member that lives is '{name}'. There are: {string.Join(", ", members.Select(member => member.Address))}.");
}
