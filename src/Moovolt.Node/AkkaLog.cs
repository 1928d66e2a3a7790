using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using AkkaLevel = Akka.Event.LogLevel;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace Moovolt.Node;

/// <summary>Akka's log lines, in the program's log.</summary>
internal sealed class AkkaLog : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <summary>Akka makes its loggers by name, before anything can be handed to them.</summary>
    public static ILoggerFactory Factory { get; set; } = LoggerFactory.Create(_ => { });

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent log:
                Factory.CreateLogger(log.LogClass.FullName ?? "Akka")
                    .Log(LevelOf(log.LogLevel()), log.Cause, "{Message} [{Source}]", log.Message, log.LogSource);
                return true;
            default:
                return false;
        }
    }

    private static Level LevelOf(AkkaLevel level) => level switch
    {
        AkkaLevel.DebugLevel => Level.Debug,
        AkkaLevel.InfoLevel => Level.Information,
        AkkaLevel.WarningLevel => Level.Warning,
        _ => Level.Error,
    };
}
