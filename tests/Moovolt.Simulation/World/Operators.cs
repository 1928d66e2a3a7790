using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Simulation.World;

/// <summary>Whoever asks things of chargers, and asks again while nobody answers, as the HTTP bridge does.</summary>
internal sealed class Operators
{
    private const int Tries = 5;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly SimulatedWorld world;
    private int wishes;

    public Operators(SimulatedWorld world)
    {
        this.world = world;
        Wish();
    }

    /// <summary>All wishes, and of which charger.</summary>
    public List<(string Wish, string ChargePoint)> Asked { get; } = [];

    public void DefineTokens()
    {
        Define("TAG1", null, blocked: false);
        Define("TAG2", 1, blocked: false);
        Define("TAG3", null, blocked: true);

        void Define(string tag, int? limit, bool blocked) => Ask(
            now => new DefineToken(new TokenId(tag), blocked, null, null, null, limit, "operator", now), Tries * 10);
    }

    private void Wish() => world.Loop.After(TimeSpan.FromMilliseconds(world.Chance.Next(3_000, 60_000)), () =>
    {
        if (world.IsEnding) return;
        Wish();
        if (wishes >= 20 || world.Chargers.Count == 0) return;
        var (charger, wish) = (world.Pick(world.Chargers).Id, $"wish-{++wishes}");
        var waits = world.Chance.Next(2) == 0 ? TimeSpan.FromSeconds(world.Chance.Next(10, 120)) : (TimeSpan?)null;
        var patience = world.Chance.Next(5, 30);
        Asked.Add((wish, charger));
        world.Say($"an operator asks {charger} for {wish}");
        DateTimeOffset? first = null;
        Ask(
            now => new RequestStation(
                new ChargePointId(charger), wish,
                new RawCall("DataTransfer", $$"""{"vendorId":"model","data":"{{wish}}"}"""),
                "operator", patience, (first ??= now) + waits, now),
            Tries);
    });

    private void Ask(Func<DateTimeOffset, Command> command, int tries)
    {
        var answered = false;
        var ear = new Ear(((ExtendedActorSystem)world.System).Provider, "operator", (_, _) => answered = true);
        Try(tries);

        void Try(int left)
        {
            if (answered || left == 0) return;
            if (world.Living.FirstOrDefault() is not null)
            {
                var node = world.Pick(world.Living.ToArray());
                node.Entities.Tell(command(node.Time.GetUtcNow()), 0, ear);
            }

            world.Loop.After(Again, () => Try(left - 1));
        }
    }
}
