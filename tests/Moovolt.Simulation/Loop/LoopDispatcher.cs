using Akka.Configuration;
using Akka.Dispatch;

namespace Moovolt.Simulation.Loop;

/// <summary>Makes the dispatcher of <see cref="EventLoop.Current"/>. Named in the simulation's configuration.</summary>
public sealed class LoopDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LoopDispatcher dispatcher;

    public LoopDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => dispatcher = new LoopDispatcher(this, EventLoop.Current);

    public override MessageDispatcher Dispatcher() => dispatcher;
}

/// <summary>Runs actors on the loop, one message at a time, in whatever order the seed decides.</summary>
internal sealed class LoopDispatcher(MessageDispatcherConfigurator configurator, EventLoop loop)
    : MessageDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run) => loop.Post(run);

    protected override void Shutdown()
    {
    }
}
