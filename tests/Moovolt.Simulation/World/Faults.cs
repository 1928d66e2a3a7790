using Moovolt.Gateway;

namespace Moovolt.Simulation.World;

/// <summary>
/// What befalls the world. Each schedule has some kinds of faults and not others, so that each kind is seen without the
/// rest too, and all of them end before the schedule does.
/// </summary>
internal sealed class Faults
{
    private readonly SimulatedWorld world;
    private readonly List<(string Name, Action Happen)> kinds;
    private readonly int every;
    private bool over;
    private bool split;

    public Faults(SimulatedWorld world)
    {
        this.world = world;
        (string, Action)[] all =
        [
            ("cut", () => world.Pick(world.Chargers).Cut()),
            ("deaf", () => world.Pick(world.Chargers).GoDeaf()),
            ("redial", () => world.Pick(world.Chargers).Redial()),
            ("power", () => world.Pick(world.Chargers).LosePower()),
            ("kill", Kill),
            ("split", Split),
            ("slow journal", () => Journal(new JournalWeather(Millis(50, 9_000), 0, 0, 0))),
            ("failing journal", () => Journal(
                new JournalWeather(Millis(5, 500), Roll(1, 5), Roll(0, 4), Roll(0, 5)))),
            ("lossy network", () => Weather(new NetworkWeather(Roll(2, 10), Roll(0, 6), Millis(2, 4_000)))),
            ("slow network", () => Weather(new NetworkWeather(0, Roll(0, 4), Millis(50, 12_000)))),
            ("hand-over", HandOver),
            ("crash", Crash),
            ("brown-out", BrownOut),
        ];
        kinds = [.. all.Where(_ => world.Chance.Next(3) > 0)];
        every = Roll(4, 45);
        if (kinds.Count > 0) Next();
    }

    /// <summary>The last of what is bad ends.</summary>
    public void End()
    {
        over = true;
        (world.Journal.Weather, world.Network.Weather) = (JournalWeather.Fine, NetworkWeather.Fine);
        foreach (var node in world.Living) node.Gate.Strain = Strain.Green;
    }

    private int Roll(int from, int to) => world.Chance.Next(from, to);

    private TimeSpan Millis(int from, int to) => TimeSpan.FromMilliseconds(Roll(from, to));

    private TimeSpan Some(int from, int to) => Millis(from * 1000, to * 1000);

    private void Next() => world.Loop.After(Some(0, every), () =>
    {
        if (over) return;
        var (name, happen) = world.Pick(kinds);
        world.Say($"fault: {name}");
        happen();
        Next();
    });

    private void Kill()
    {
        var living = world.Living.ToArray();
        if (living.Length == 0 || split) return;
        var node = world.Pick(living);
        world.Say($"{node} is killed");
        Bury(node);
    }

    private void Bury(ModelNode node)
    {
        node.Kill();
        world.Loop.After(Some(3, 20), () => world.Homes.Abandon(node));
        world.Loop.After(Some(2, 30), () => world.Start(node.Number, node.Incarnation + 1));
    }

    // The smaller side believes in itself for a while, then it is downed and ends; meanwhile the larger one may have
    // given its entities new homes, and an entity lives twice.
    private void Split()
    {
        var living = world.Living.ToArray();
        if (split || living.Length < 2) return;
        split = true;
        var apart = world.Pick(living);
        world.Say($"{apart} is cut off from the others");
        world.Homes.Split([apart]);
        world.Network.Parted = (from, to) => (from == apart) != (to == apart);
        world.Loop.After(Some(3, 15), () => world.Homes.Abandon(apart));
        world.Loop.After(Some(3, 15), () =>
        {
            foreach (var node in living) if (node != apart) world.Homes.Abandon(node, byOthers: true);
        });
        world.Loop.After(Some(5, 30), () =>
        {
            world.Say($"{apart} finds that it is downed");
            split = false;
            world.Network.Parted = null;
            Bury(apart);
            world.Homes.Heal();
        });
    }

    private void Journal(JournalWeather weather)
    {
        world.Journal.Weather = weather;
        world.Loop.After(Some(1, 40), () => world.Journal.Weather = JournalWeather.Fine);
    }

    private void Weather(NetworkWeather weather)
    {
        world.Network.Weather = weather;
        world.Loop.After(Some(5, 60), () => world.Network.Weather = NetworkWeather.Fine);
    }

    private void HandOver()
    {
        if (Somebody() is var (node, key)) node.HandOver(key);
    }

    private void Crash()
    {
        if (Somebody() is var (node, key)) node.Crash(key);
    }

    private void BrownOut()
    {
        var living = world.Living.ToArray();
        if (living.Length == 0) return;
        var node = world.Pick(living);
        node.Gate.Strain = world.Pick([Strain.Yellow, Strain.Red]);
        world.Loop.After(Some(1, 40), () => node.Gate.Strain = Strain.Green);
    }

    private (ModelNode Node, string Key)? Somebody()
    {
        var all = world.Living.SelectMany(node => node.Living.Select(one => (node, one.Key))).ToArray();
        if (all.Length == 0) return null;
        var (where, key) = world.Pick(all);
        world.Say($"it is {key} on {where}");
        return (where, key);
    }
}
