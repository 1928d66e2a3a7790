using System.Text.Json;
using Moovolt.Ocpp;
using Moovolt.Simulation.World;

namespace Moovolt.Simulation.Chargers;

/// <summary>
/// A charger that keeps to its specification: one call in flight, transaction messages kept until they are answered,
/// in their order, over power cuts too, and said again with the same content under another id. What it sold is the
/// truth.
/// </summary>
internal abstract class ModelCharger
{
    private readonly LinkedList<Saying> kept = new();
    private readonly Queue<Saying> light = new();
    private readonly Dictionary<string, (Saying What, ModelSocket Over)> sent = new(StringComparer.Ordinal);
    private readonly TimeSpan ahead;
    private readonly TimeSpan patience;
    private readonly int[] meters;
    private Saying? pending;
    private Saying? lastWord;
    private string? pendingId;
    private ModelSocket? socket;
    private bool connecting;
    private bool needsBoot = true;
    private bool hasBooted;
    private int messages;
    private int running;

    protected ModelCharger(SimulatedWorld world, int number)
    {
        (World, Id) = (world, $"CP{number}");
        var chance = world.Chance;
        ahead = chance.Next(3) == 0 ? TimeSpan.FromSeconds(chance.Next(-400, 400)) : TimeSpan.Zero;
        patience = TimeSpan.FromSeconds(chance.Next(15, 45));
        meters = [.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => chance.Next(0, 1_000_000))];
        world.Loop.After(Seconds(0, 10), Connect);
        for (var n = 1; n <= meters.Length; n++)
        {
            var connector = n;
            world.Loop.After(Seconds(2, 60), () => Begin(connector));
        }

        Beat();
    }

    public string Id { get; }

    public abstract Dialect Dialect { get; }

    /// <summary>Which wishes of operators have come, how often, and what was answered.</summary>
    public Dictionary<string, (int Times, string? Answer)> Wishes { get; } = new(StringComparer.Ordinal);

    /// <summary>All transaction messages that it ever had to tell.</summary>
    public List<Saying> Told { get; } = [];

    /// <summary>True when it has nothing left to tell, and is there.</summary>
    public bool IsAtRest => kept.Count == 0 && pending is null && running == 0 && socket is not null && !needsBoot
        && lastWord?.IsAnswered == true;

    /// <summary>The socket that it holds; null while it has none.</summary>
    public ModelSocket? Socket => socket;

    /// <summary>The node that it connected to last.</summary>
    public ModelNode? Node { get; private set; }

    protected SimulatedWorld World { get; }

    protected DateTimeOffset Clock => Loop.EventLoop.Begin + World.Loop.Now + ahead;

    protected bool IsOffline => socket is null;

    /// <summary>In words.</summary>
    public string Standing => $"{Id}: {kept.Count} kept, pending {pending?.ToString() ?? "nothing"}, "
        + $"{running} charges running, "
        + $"{(socket is null ? "offline" : socket.IsDeaf ? "deaf" : "online")}{(needsBoot ? ", not booted" : "")}";

    /// <summary>Its connection is cut.</summary>
    public void Cut() => socket?.Break();

    /// <summary>Its connection goes dead, and nobody is told.</summary>
    public void GoDeaf() => socket?.GoDeaf();

    /// <summary>It opens another socket while the server still believes in the old one.</summary>
    public void Redial()
    {
        if (socket is not { } old) return;
        old.GoDeaf();
        Drop();
        World.Loop.After(Seconds(0, 3), Connect);
    }

    /// <summary>Power cut: what it had to tell is kept, the rest is not.</summary>
    public void LosePower()
    {
        socket?.GoDeaf();
        light.Clear();
        Drop();
        needsBoot = true;
        World.Loop.After(Seconds(5, 40), Connect);
    }

    /// <summary>
    /// Something of it changes, until we know. Without that, an entity that a split has left over need not write, and
    /// so need not find out that it is not the only one.
    /// </summary>
    public void SayTheLast()
    {
        lastWord ??= Status(1, "Unavailable");
        if (lastWord.IsAnswered) return;
        if (running == 0 && pending != lastWord && !light.Contains(lastWord)) Mention(lastWord);
        World.Loop.After(Seconds(5, 6), SayTheLast);
    }

    protected abstract Saying Boot();

    protected abstract Saying Status(int connector, string status);

    protected abstract Saying Heartbeat();

    protected abstract Saying Start(Charge charge);

    protected abstract Saying Sample(Charge charge, long meter);

    protected abstract Saying Stop(Charge charge);

    /// <summary>Reads what a start was answered.</summary>
    protected virtual void Learn(Charge charge, JsonElement payload)
    {
    }

    /// <summary>What we ask of a charger by ourselves is answered at once.</summary>
    private string Reply(string id, string action, JsonElement payload)
    {
        World.Say($"{Id} is asked for {action}");
        if (action != "GetTransactionStatus") return $"[4,\"{id}\",\"NotImplemented\",\"\",{{}}]";
        var which = payload.TryGetProperty("transactionId", out var said) ? said.GetString() : null;
        var goesOn = World.Charges.Exists(one => one.Charger == this && one.LocalId == which && one.MeterStop is null);
        var waits = kept.Any(one => which is null || one.Of?.LocalId == which);
        return $"[3,\"{id}\",{{\"ongoingIndicator\":{Word(goesOn)},\"messagesInQueue\":{Word(waits)}}}]";

        static string Word(bool value) => value ? "true" : "false";
    }

    protected static string Json(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    private TimeSpan Seconds(int from, int to) => TimeSpan.FromMilliseconds(World.Chance.Next(from * 1000, to * 1000));

    private void Connect()
    {
        if (socket is not null || connecting) return;
        connecting = true;
        World.Loop.After(Seconds(0, 1), () =>
        {
            connecting = false;
            if (World.Entrance() is not { } node)
            {
                World.Loop.After(Seconds(1, 8), Connect);
                return;
            }

            ModelSocket? mine = null;
            mine = new ModelSocket(World, text => Hear(mine!, text), () => Lose(mine!));
            (socket, Node) = (mine, node);
            World.Say($"{Id} connects to {node}");
            node.Accept(mine, Id, Dialect);
            if (!hasBooted) needsBoot = true;
            Pump();
        });
    }

    private void Lose(ModelSocket which)
    {
        if (socket != which) return;
        World.Say($"{Id} has lost its connection");
        Drop();
        World.Loop.After(Seconds(1, 12), Connect);
    }

    private void Drop()
    {
        if (pending is not null && pending.Tells == Tells.Nothing) light.Clear();
        (socket, pending, pendingId) = (null, null, null);
    }

    private void Keep(Saying saying)
    {
        kept.AddLast(saying);
        Told.Add(saying);
        Pump();
    }

    private void Mention(Saying saying)
    {
        if (socket is null) return;
        light.Enqueue(saying);
        Pump();
    }

    private void Pump()
    {
        if (socket is null || pending is not null) return;
        if (needsBoot) Send(Boot());
        else if (light.TryDequeue(out var word)) Send(word);
        else if (kept.First is { } first) Send(first.Value);
    }

    private void Send(Saying saying)
    {
        var id = $"{Id}-{++messages}";
        (pending, pendingId) = (saying, id);
        saying.TimesSent++;
        sent[id] = (saying, socket!); // only with one
        World.Say($"{Id} says {saying}");
        socket!.Say($"[2,\"{id}\",\"{saying.Action}\",{saying.Payload}]");
        World.Loop.After(patience, () => Miss(id));
    }

    // No answer: some try again over the same socket, some think that it is dead.
    private void Miss(string id)
    {
        if (pendingId != id) return;
        World.Say($"{Id} has waited long enough for {pending}");
        if (socket!.IsDeaf || World.Chance.Next(3) == 0)
        {
            socket.SayGoodbye();
            socket.GoDeaf();
            Drop();
            World.Loop.After(Seconds(1, 10), Connect);
            return;
        }

        (pending, pendingId) = (null, null);
        World.Loop.After(Seconds(1, 6), Pump);
    }

    private void Hear(ModelSocket over, string text)
    {
        using var document = JsonDocument.Parse(text);
        var frame = document.RootElement;
        var id = frame[1].GetString()!; // ours always have one
        if (frame[0].GetInt32() == 2)
        {
            if (frame[2].GetString() == "DataTransfer") Obey(over, id, frame[3]);
            else over.Say(Reply(id, frame[2].GetString()!, frame[3])); // it has one
            return;
        }

        if (!sent.TryGetValue(id, out var asked))
        {
            World.Violated($"{Id} is answered what it never said: {text}");
            return;
        }

        var (what, sentOver) = asked;
        if (sentOver != over) World.Violated($"{Id} said {what} over one socket and is answered over another");
        if (frame[0].GetInt32() == 4) Refused(what, text);
        else Answered(what, frame[2]);
        if (pendingId != id) return;
        (pending, pendingId) = (null, null);
        Pump();
    }

    private void Refused(Saying what, string text)
    {
        World.Say($"{Id} is refused: {text}");
        if (what.Tells != Tells.Nothing) World.Violated($"{Id} is answered {what} with a CALLERROR: {text}");
    }

    private void Answered(Saying what, JsonElement payload)
    {
        what.IsAnswered = true;
        if (what.Tells == Tells.Start) Learn(what.Of!, payload); // a start is of a charge
        if (what.Tells != Tells.Nothing)
        {
            World.Checker.Answered(what);
            kept.Remove(what);
        }
        else if (what.Action == "BootNotification")
        {
            if (payload.GetProperty("status").GetString() != "Accepted") World.Violated($"{Id} may not boot");
            if (needsBoot)
            {
                (needsBoot, hasBooted) = (false, true);
                for (var n = 1; n <= meters.Length; n++) light.Enqueue(Status(n, "Available"));
            }
        }
    }

    // Some wishes are answered late, some never, some with an error.
    private void Obey(ModelSocket over, string id, JsonElement payload)
    {
        var wish = payload.GetProperty("data").GetString()!; // all our wishes have one
        var times = Wishes.TryGetValue(wish, out var before) ? before.Times + 1 : 1;
        Wishes[wish] = (times, before.Answer);
        World.Say($"{Id} is asked {wish}");
        if (times > 1) World.Violated($"{Id} is asked {wish} for the {times}. time");
        var (delay, answer) = World.Chance.Next(12) switch
        {
            0 => (TimeSpan.Zero, null),
            1 => (Seconds(30, 60), "Accepted"),
            2 => (Seconds(0, 2), "CallError"),
            3 => (Seconds(0, 2), "Rejected"),
            _ => (Seconds(0, 5), "Accepted"),
        };
        if (answer is null) return;
        World.Loop.After(delay, () =>
        {
            if (socket != over) return;
            Wishes[wish] = (times, answer);
            over.Say(answer == "CallError"
                ? $"[4,\"{id}\",\"InternalError\",\"\",{{}}]"
                : $"[3,\"{id}\",{{\"status\":\"{answer}\"}}]");
        });
    }

    private void Begin(int connector)
    {
        if (World.IsEnding) return;
        running++;
        var charge = new Charge(this, connector, $"TAG{World.Chance.Next(1, 5)}", Clock, meters[connector - 1]);
        World.Charges.Add(charge);
        Keep(Start(charge));
        Mention(Status(connector, "Charging"));
        Charge(charge, World.Chance.Next(1, 5));
    }

    private void Charge(Charge charge, int samples) =>
        World.Loop.After(World.IsEnding ? Seconds(1, 5) : Seconds(3, 40), () =>
        {
            var meter = meters[charge.Connector - 1] += World.Chance.Next(0, 4_000);
            if (samples > 0 && !World.IsEnding)
            {
                Keep(Sample(charge, meter));
                Charge(charge, samples - 1);
                return;
            }

            (charge.StoppedAt, charge.MeterStop) = (Clock, meter);
            running--;
            Keep(Stop(charge));
            Mention(Status(charge.Connector, "Available"));
            World.Loop.After(Seconds(5, 60), () => Begin(charge.Connector));
        });

    private void Beat() => World.Loop.After(Seconds(40, 120), () =>
    {
        if (!World.IsEnding) Mention(Heartbeat());
        Beat();
    });
}
