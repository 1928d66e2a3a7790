using System.CommandLine;
using Moovolt.Node;
using Moovolt.Node.Care;
using Moovolt.ReadModel.Storage;

var demo = new Option<int?>("--demo")
{
    Description = "Start so many simulated chargers beside the node (20 when no number is given).",
    Arity = ArgumentArity.ZeroOrOne,
    DefaultValueFactory = _ => null,
};
var root = new RootCommand(
    "Moovolt: the server that EV chargers connect to over OCPP. Without a subcommand it serves.") { demo };
root.SetAction((parsed, cancellation) => Serve.RunAsync(
    Settings(),
    parsed.GetResult(demo) is { Implicit: false } ? parsed.GetValue(demo) ?? 20 : 0,
    cancellation));

var migrate = new Command("migrate", "Bring the database's schema up to date, and do nothing else.");
migrate.SetAction((_, cancellation) => Maintenance.MigrateAsync(Settings(), cancellation));
root.Add(migrate);

var entity =
    new Argument<string>("id") { Description = "A persistence id, such as charge-point/CP-1 or transaction/CP-1/17." };
var show = new Command("show", "Print what is stored of one entity, an event a line.") { entity };
show.SetAction(
    (parsed, cancellation) => Maintenance.ShowAsync(Settings(), parsed.GetRequiredValue(entity), cancellation));
var verify = new Command("verify", "Read the whole journal, and say where it has gaps or cannot be read.");
verify.SetAction((_, cancellation) => Maintenance.VerifyAsync(Settings(), cancellation));
root.Add(new Command("journal", "Look into the journal.") { show, verify });

var doctor = new Command("doctor", "Look at the settings, the machine and the database, and say what is wrong.");
doctor.SetAction((_, cancellation) => Doctor.RunAsync(Settings(), Console.Out, cancellation));
root.Add(doctor);

var ready = new Option<bool>("--ready") { Description = "Whether it may be sent chargers, not only whether it lives." };
var health = new Command("health", "Ask the node of this machine whether it lives.") { ready };
health.SetAction(
    (parsed, cancellation) => Health.AskAsync(Settings(), parsed.GetValue(ready), Console.Out, cancellation));
root.Add(health);
foreach (var move in MoveCommands.All(Settings)) root.Add(move);

try
{
    // Ctrl-C and SIGTERM are the host's: it drains. The parser must not cut that short.
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    });
}
catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync(
        $"{e.Message} Stop what listens there, or choose another address with MOOVOLT_URLS.");
    return 73; // EX_CANTCREAT of sysexits.h
}
catch (Exception e) when (e is SettingException or DirectoryInUseException or DirectoryNotFoundException
    or Akka.Configuration.ConfigurationException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 78; // EX_CONFIG of sysexits.h
}

static NodeSettings Settings() => NodeSettings.FromEnvironment(Environment.GetEnvironmentVariable);
