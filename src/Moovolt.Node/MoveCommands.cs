using System.CommandLine;
using System.Globalization;
using Moovolt.Cluster.Joining;
using Moovolt.Cluster.Moving;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node;

/// <summary>
/// <c>moovolt drain</c>, <c>undrain</c>, <c>rebalance</c>: written down in the database that the members share, so that
/// they need no member that answers.
/// </summary>
internal static class MoveCommands
{
    /// <summary>Sockets per second: what others take without a storm.</summary>
    public const int DrainRate = 200;

    /// <summary>Sockets per second and member: nobody is in a hurry.</summary>
    public const int RebalanceRate = 20;

    /// <summary>Per cent above the mean: chance alone makes as much.</summary>
    public const int Tolerance = 10;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static IEnumerable<Command> All(Func<NodeSettings> settings)
    {
        var node = new Argument<string?>("node")
        {
            Description = "A member: its address, host:port, or host. The node of this machine when it is left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var fast = Number("--rate", DrainRate, 1, Moves.FastestRate, "Sockets closed per second.");
        var slow = Number("--rate", RebalanceRate, 1, Moves.FastestRate, "Sockets closed per second and member.");
        var tolerance = Number("--tolerance", Tolerance, 0, 100, "Per cent above the mean that are left alone.");
        var leave = new Option<bool>("--leave") { Description = "The member leaves the cluster when it is empty." };
        var wait = new Option<bool>("--wait") { Description = "Say how many sockets are left, until there is none." };

        var drain = new Command("drain", "Move the chargers of a member to the others; it stays a member.")
        {
            node, fast, leave, wait,
        };
        drain.SetAction((parsed, cancellation) => WithMoves(settings(), async moves =>
        {
            var name = parsed.GetValue(node) ?? Here(settings());
            var asked = await moves.Drain(name, parsed.GetValue(fast), parsed.GetValue(leave), Who, cancellation);
            if (asked is not Moved.Asked { Of: { } member }) return Refused(asked);
            Console.WriteLine(
                $"{member.Address} takes no chargers any more, and closes {member.Sockets} sockets, "
                    + $"{parsed.GetValue(fast)} a second; {member.Charging} of their chargers charge, and are the "
                    + "last.");
            return parsed.GetValue(wait) ? await WaitAsync(moves, member, parsed.GetValue(fast), cancellation) : 0;
        }, cancellation));

        var undrain = new Command("undrain", "Let a drained member take chargers again.") { node };
        undrain.SetAction((parsed, cancellation) => WithMoves(settings(), async moves =>
        {
            var undrained = await moves.Undrain(parsed.GetValue(node) ?? Here(settings()), cancellation);
            if (undrained is not Moved.Asked { Of: { } member }) return Refused(undrained);
            Console.WriteLine($"{member.Address} takes chargers again within 2 s.");
            return 0;
        }, cancellation));

        var rebalance = new Command("rebalance", "Move chargers from members that hold many to those that hold few.")
        {
            slow, tolerance,
        };
        rebalance.SetAction((parsed, cancellation) => WithMoves(settings(), async moves =>
        {
            var moved = await moves.Rebalance(parsed.GetValue(slow), parsed.GetValue(tolerance), Who, cancellation);
            if (moved is not Moved.Shared { Of: var shares }) return Refused(moved);
            foreach (var share in shares)
                Console.WriteLine($"{share.Address} holds {share.Sockets} sockets and gives up {share.Surplus}.");
            return 0;
        }, cancellation));
        return [drain, undrain, rebalance];
    }

    // Ends when nothing is left: closed, or the member itself is gone.
    private static async Task<int> WaitAsync(Moves moves, Holding member, int rate, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Look);
        var said = -1;
        while (true)
        {
            var now = (await moves.Look(cancellation)).FirstOrDefault(other => other.Address == member.Address);
            if (now is null or { Sockets: 0 })
            {
                Console.WriteLine(now is null ? $"{member.Address} is gone." : "No sockets are left.");
                return 0;
            }

            if (now.Drain is null)
            {
                await Console.Error.WriteLineAsync($"Somebody has undrained {member.Address}.");
                return 1;
            }

            if (said != now.Sockets)
            {
                var seconds = Math.Ceiling((double)now.Sockets / rate).ToString(CultureInfo.InvariantCulture);
                Console.WriteLine($"{now.Sockets} sockets are left, {now.Charging} of them charge; about {seconds} s.");
            }

            said = now.Sockets;
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static async Task<int> WithMoves(
        NodeSettings settings, Func<Moves, Task<int>> work, CancellationToken cancellation)
    {
        await using var book = new ClusterBook(settings.Database);
        try
        {
            if (book.IsShared) await book.CreateIfAbsent(cancellation);
            return await work(new Moves(book));
        }
        catch (Exception e) when (Database.IsAway(e))
        {
            await Console.Error.WriteLineAsync($"The database of MOOVOLT_DB does not answer: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.WriteLine("Nobody waits any longer; what was asked for goes on.");
            return 0;
        }
    }

    private static int Refused(Moved moved)
    {
        Console.Error.WriteLine(moved is Moved.Refused refused ? refused.Reason : $"{moved}");
        return 1;
    }

    private static string Here(NodeSettings settings) => $"{settings.RemotingHost}:{settings.RemotingPort}";

    private static string Who => $"{Environment.UserName} (command line)";

    private static Option<int> Number(string name, int usual, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [var token, ..]) return;
            if (!int.TryParse(token.Value, out var value) || value < least || value > most)
                result.AddError($"{name} is a number from {least} to {most}.");
        });
        return option;
    }
}
