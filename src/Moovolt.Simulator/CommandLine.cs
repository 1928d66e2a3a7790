using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Moovolt.Simulator;

/// <summary>The program's arguments, and what is wrong with them in plain sentences.</summary>
internal static class CommandLine
{
    private static readonly Option<Uri[]> Url = new("--url")
    {
        Description = "Where the chargers dial, up to the identity; repeat it for several nodes.",
        DefaultValueFactory = _ => [new Uri("ws://127.0.0.1:5080/ocpp")],
        CustomParser = result => [.. result.Tokens.Select(token => Address(result, token.Value)).OfType<Uri>()],
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<Protocol[]> Speaks = new("--protocols")
    {
        Description = "What they speak, in turn: 1.6,2.0.1,2.1 is a third of each.",
        DefaultValueFactory = _ => [Protocol.Ocpp16],
        CustomParser = result => [.. result.Tokens[0].Value.Split(',').Select(text => Version(result, text))],
    };

    private static readonly Option<int> Chargers = Number("--chargers", "How many.", 20);
    private static readonly Option<TimeSpan> Ramp =
        Duration("--ramp", "Time over which they appear: 500ms, 60s, 5m.", "1s");
    private static readonly Option<TimeSpan?> Length = OptionalDuration(
        "--duration", "Time to run, after ramp and warm-up; without it until Ctrl-C, or until the sessions are done.");
    private static readonly Option<TimeSpan> WarmUp =
        Duration("--warm-up", "Time after the ramp that is not measured.", "0s");
    private static readonly Option<int?> Sessions =
        new("--sessions") { Description = "Sessions for each connector, then rest." };
    private static readonly Option<int> Connectors = Number("--connectors", "For each charger.", 1);
    private static readonly Option<string> Prefix =
        new("--prefix") { Description = "Of the identities.", DefaultValueFactory = _ => "SIM-" };
    private static readonly Option<string?> Password =
        new("--password") { Description = "For HTTP Basic (security profile 1)." };
    private static readonly Option<TimeSpan> MeterEvery =
        Duration("--meter-every", "Interval between MeterValues.", "10s");
    private static readonly Option<TimeSpan> SessionLength =
        Duration("--session-seconds", "How long a session lasts.", "180s");
    private static readonly Option<TimeSpan> Pause = Duration("--pause", "Longest rest between sessions.", "20s");
    private static readonly Option<int?> Watts =
        new("--watts") { Description = "What a car draws; without it usual powers, mixed." };
    private static readonly Option<string?> LedgerFile =
        new("--ledger") { Description = "File for what was sent and acknowledged (JSON lines)." };
    private static readonly Option<bool> Idle =
        new("--idle") { Description = "Connect, boot, stay; charge only when told to from afar." };
    private static readonly Option<bool> ClosedLoop =
        new("--closed-loop") { Description = "The next transaction message as soon as the last is answered: for "
            + "measuring." };
    private static readonly Option<double?> Rate =
        new("--rate") { Description = "Transaction messages per second at most, of the whole fleet." };
    private static readonly Option<int> Seed = Number("--seed", "Of all chance.", 1);
    private static readonly Option<bool> Json =
        new("--json") { Description = "Print the summary as JSON, and nothing else to standard output." };
    private static readonly Option<bool> Drain =
        new("--drain") { Description = "At the end, stop the running sessions and wait until all is acknowledged." };
    private static readonly Option<bool> KeepIds =
        new("--keep-message-ids") { Description = "Repeat a message under the id that it had." };
    private static readonly Option<bool> StayOnNode =
        new("--stay-on-node") { Description = "Dial the same address again after a lost connection." };
    private static readonly Option<bool> Silent = new("--silent") { Description = "Never answer the server's calls." };
    private static readonly Option<double> Duplicates =
        new("--duplicates") { Description = "Likelihood that an acknowledged message is sent again, 0 to 1." };
    private static readonly Option<double> OddFrames =
        new("--odd-frames") { Description = "Likelihood that nonsense goes before a message, 0 to 1." };
    private static readonly Option<int> Replays =
        new("--replays") { Description = "Acknowledged messages sent again after each reconnect." };
    private static readonly Option<Uri?> Register = new("--register")
    {
        Description = "Register chargers and tokens first, at this server: http://127.0.0.1:5080.",
        CustomParser = result => Address(result, result.Tokens[0].Value),
    };

    private static readonly Option<string?> OperatorKey =
        new("--operator-key") { Description = "The key for --register." };

    /// <param name="args">As given to the program.</param>
    /// <param name="complaints">Where a sentence about what cannot be done is written.</param>
    public static Task<int> Run(string[] args, TextWriter complaints)
    {
        var command = new RootCommand(
            "Moovolt Simulator: pretend chargers over real sockets, with a ledger of what was acknowledged.")
        {
            Url, Speaks, Chargers, Ramp, Length, WarmUp, Sessions,
            Connectors, Prefix, Password, MeterEvery, SessionLength, Pause, Watts,
            LedgerFile, Idle, ClosedLoop, Rate, Seed, Json,
            Drain, KeepIds, StayOnNode, Silent, Duplicates, OddFrames, Replays,
            Register, OperatorKey,
        };
        command.SetAction((given, cancellation) => Run(given, complaints, cancellation));
        var parsed = command.Parse(args);
        if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = false;
        // Ctrl-C and SIGTERM have the time that a drain may take.
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Error = complaints,
            ProcessTerminationTimeout = Show.DrainPatience + TimeSpan.FromSeconds(5),
        });
    }

    private static async Task<int> Run(ParseResult given, TextWriter complaints, CancellationToken cancellation)
    {
        var plan = Plan(given);
        var objection = Objection(given) ?? plan.Objection();
        if (objection is null && given.GetValue(Register) is { } server)
        {
            using var registration = new Registration(server, given.GetValue(OperatorKey) ?? "");
            objection = await registration.Register(plan, cancellation);
        }

        try
        {
            if (objection is null)
            {
                var show = new Show(
                    given.GetValue(WarmUp), given.GetValue(Length), given.GetValue(Drain), given.GetValue(Json));
                return await show.Run(plan, cancellation);
            }
        }
        catch (LedgerException unwritable)
        {
            objection = unwritable.Message;
        }

        await complaints.WriteLineAsync(objection);
        return 1;
    }

    private static string? Objection(ParseResult given)
    {
        if (given.GetValue(Idle) && given.GetValue(ClosedLoop)) return "--idle and --closed-loop exclude each other.";
        if (given.GetValue(Register) is not null && given.GetValue(OperatorKey) is null)
            return "--register needs --operator-key.";
        foreach (var likelihood in new[] { Duplicates, OddFrames })
            if (given.GetValue(likelihood) is < 0 or > 1) return $"{likelihood.Name} must be between 0 and 1.";
        foreach (var count in new[] { Sessions, Watts })
            if (given.GetValue(count) is <= 0) return $"{count.Name} must be above 0.";
        if (given.GetValue(Connectors) is < 1 or > 100) return "--connectors must be between 1 and 100.";
        return given.GetValue(MeterEvery) <= TimeSpan.Zero ? "--meter-every must be above 0." : null;
    }

    private static FleetPlan Plan(ParseResult given) => new()
    {
        Nodes = [.. given.GetValue(Url) ?? []],
        Protocols = [.. given.GetValue(Speaks) ?? []],
        Chargers = given.GetValue(Chargers),
        Ramp = given.GetValue(Ramp),
        Prefix = given.GetValue(Prefix) ?? "",
        Password = given.GetValue(Password),
        Rate = given.GetValue(Rate),
        LedgerPath = given.GetValue(LedgerFile),
        Seed = given.GetValue(Seed),
        Behaviour = new ChargerBehaviour
        {
            Workload = given.GetValue(Idle) ? Workload.Idle
                : given.GetValue(ClosedLoop) ? Workload.ClosedLoop : Workload.Sessions,
            Connectors = given.GetValue(Connectors),
            SessionsEach = given.GetValue(Sessions),
            SessionLength = given.GetValue(SessionLength),
            MeterEvery = given.GetValue(MeterEvery),
            Pause = given.GetValue(Pause),
            Watts = given.GetValue(Watts),
            KeepsMessageIds = given.GetValue(KeepIds),
            StaysOnNode = given.GetValue(StayOnNode),
            Misbehaviour = new Misbehaviour
            {
                SilentToCalls = given.GetValue(Silent),
                Duplicates = given.GetValue(Duplicates),
                OddFrames = given.GetValue(OddFrames),
                Replays = given.GetValue(Replays),
            },
        },
    };

    private static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    private static Option<TimeSpan> Duration(string name, string description, string usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => Durations.TryParse(usual, out var duration) ? duration : TimeSpan.Zero,
        CustomParser = Read,
    };

    private static Option<TimeSpan?> OptionalDuration(string name, string description) =>
        new(name) { Description = description, CustomParser = result => Read(result) };

    private static TimeSpan Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Durations.TryParse(text, out var duration))
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"\"{text}\" is no duration: write 500ms, 60s, 5m or 1h."));
        return duration;
    }

    private static Protocol Version(SymbolResult result, string text)
    {
        if (Protocols.Parse(text) is { } known) return known;
        result.AddError($"\"{text}\" is no version that is spoken here: write 1.6, 2.0.1 or 2.1.");
        return default;
    }

    private static Uri? Address(SymbolResult result, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0) return uri;
        result.AddError($"\"{text}\" is no address.");
        return null;
    }
}
