using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Xunit;
using Xunit.Abstractions;

namespace Moovolt.Ocpp.Tests;

/// <summary>What the frame path costs here, from bytes to bytes: measured, and not to grow by more than a tenth.</summary>
public sealed class AllocationSpec(ITestOutputHelper output)
{
    private static readonly Arrival Arrival = new(
        new ChargePointId("CP-1"), 1, Conversation.Now, UnknownTokens.Refuse, 600, [], null);

    [Theory]
    [InlineData(704, """[2,"0196f1f0b7f27c0aa1e0d1d2c3b4a596","Heartbeat",{}]""")]
    [InlineData(3336, """[2,"0196f1f0b7f27c0aa1e0d1d2c3b4a596","MeterValues",{"connectorId":1,"transactionId":17,"meterValue":[{"timestamp":"2026-01-01T12:00:00Z","sampledValue":[{"value":"1500","context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","unit":"Wh"},{"value":"7200.0","measurand":"Power.Active.Import","unit":"W"},{"value":"31.3","measurand":"Current.Import","phase":"L1","unit":"A"}]}]}]""")]
    public void A_frame_costs_no_more_than_it_did(int measured, string text)
    {
        var frame = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < 100; i++) Answer(frame);

        const int rounds = 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < rounds; i++) Answer(frame);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / rounds;

        output.WriteLine($"{each} bytes");
        Assert.InRange(each, 1, measured * 11 / 10);
    }

    private static byte[] Answer(byte[] frame)
    {
        var call = (Frame.Call)Frames.Parse(frame, Dialect.V16);
        var step = Dialect.V16.Handle(call, Arrival);
        if (step is Step.Ask ask) step = ask.Then(new Reply.Accepted());
        return Frames.PrintResult(call.Id, Dialect.V16.PrintResponse(((Step.Respond)step).Payload, Conversation.Now));
    }
}
