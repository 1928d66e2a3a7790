using BenchmarkDotNet.Attributes;
using Moovolt.Domain;
using Moovolt.Ocpp;

namespace Moovolt.Benchmarks;

/// <summary>From the bytes of a call to the bytes of its answer, with everything between but the entity.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private static readonly Dialect Spoken = Dialect.Find("ocpp1.6")!; // the one that is always spoken

    [Benchmark]
    public byte[] Heartbeat() => Answer(Examples.Heartbeat);

    [Benchmark]
    public byte[] MeterValues() => Answer(Examples.MeterValues);

    private static byte[] Answer(byte[] frame)
    {
        var call = (Frame.Call)Frames.Parse(frame, Spoken);
        var step = Spoken.Handle(call, Examples.Arrival);
        if (step is Step.Ask ask) step = ask.Then(new Reply.Accepted());
        return Frames.PrintResult(call.Id, Spoken.PrintResponse(((Step.Respond)step).Payload, DateTimeOffset.UnixEpoch));
    }
}
