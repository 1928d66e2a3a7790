using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Moovolt.Ocpp.Tests;

public sealed class FrameSpec
{
    private static readonly Framing[] Framings = [Framing.V16, Framing.V201, Framing.V21];

    public static TheoryData<string, string, string, string> Edges() => new()
    {
        // what comes, then what 1.6, 2.0.1 and 2.1 make of it
        { "{", "silence", "-1 RpcFrameworkError", "-1 RpcFrameworkError" },
        { "", "silence", "-1 RpcFrameworkError", "-1 RpcFrameworkError" },
        { "[]", "silence", "-1 RpcFrameworkError", "-1 RpcFrameworkError" },
        { "[2]", "silence", "-1 RpcFrameworkError", "-1 RpcFrameworkError" },
        { """[2,"x"]""", "x FormationViolation", "x RpcFrameworkError", "x RpcFrameworkError" },
        { """[2,1,"Heartbeat",{}]""", "call 1 Heartbeat", "1 RpcFrameworkError", "1 RpcFrameworkError" },
        { """[2,"x","heartbeat",{}]""", "call x heartbeat", "call x heartbeat", "call x heartbeat" },
        { """[2,"x","Heartbeat",null]""", "call x Heartbeat", "call x Heartbeat", "call x Heartbeat" },
        { """[2,"x","Heartbeat",{"a":NaN}]""", "x FormationViolation", "x RpcFrameworkError", "x RpcFrameworkError" },
        { """[3,"nope",{}]""", "result nope", "result nope", "result nope" },
        { """[3,"x"]""", "silence x", "silence x", "silence x" },
        { """[4,"x","InternalError","why",{}]""", "error x InternalError why", "error x InternalError why", "error x InternalError why" },
        { """[4,"x","InternalError","why"]""", "error x InternalError why", "error x InternalError why", "error x InternalError why" },
        { """[4,"x","InternalError",[],{}]""", "error x InternalError ", "error x InternalError ", "error x InternalError " },
        { """[4,"x","InternalError"]""", "error x InternalError ", "error x InternalError ", "error x InternalError " },
        { """[5,"x","InternalError","why",{}]""", "ignored 5", "x MessageTypeNotSupported", "resultError x InternalError why" },
        { """[6,"x","NotifyPeriodicEventStream",{}]""", "ignored 6", "x MessageTypeNotSupported", "send x NotifyPeriodicEventStream" },
        { """[6,"x"]""", "ignored 6", "x MessageTypeNotSupported", "silence x" },
        { """[7,"x",{}]""", "ignored 7", "x MessageTypeNotSupported", "ignored 7" },
        { "[7]", "ignored 7", "-1 MessageTypeNotSupported", "ignored 7" },
        { "\uFEFF[2,\"x\",\"Heartbeat\",{}]\0\0", "call x Heartbeat", "call x Heartbeat", "call x Heartbeat" },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void Each_version_reads_the_edges_as_it_says(string frame, string v16, string v201, string v21) =>
        Assert.Equal([v16, v201, v21], Framings.Select(framing => Words(Frames.Parse(Encoding.UTF8.GetBytes(frame), framing))));

    [Theory]
    [InlineData(36, true, true)]
    [InlineData(37, true, false)]
    [InlineData(255, true, false)]
    [InlineData(256, false, false)]
    public void An_id_may_be_as_long_as_its_version_allows(int length, bool in16, bool in201)
    {
        var id = new string('i', length);
        var frame = Encoding.UTF8.GetBytes($"[2,\"{id}\",\"Heartbeat\",{{}}]");
        Assert.Equal(in16, Frames.Parse(frame, Framing.V16) is Frame.Call);
        Assert.Equal(in201, Frames.Parse(frame, Framing.V201) is Frame.Call);
        var echo = length <= 255 ? id : "-1";
        if (!in201) Assert.Equal(echo, Assert.IsType<Frame.Unreadable>(Frames.Parse(frame, Framing.V201)).Id);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(200, false)]
    public void A_payload_may_be_nested_thirty_deep(int depth, bool isRead)
    {
        var payload = $"{{\"a\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}";
        var frame = Frames.Parse(Encoding.UTF8.GetBytes($"[2,\"x\",\"Heartbeat\",{payload}]"), Framing.V16);
        Assert.Equal(isRead, frame is Frame.Call);
    }

    [Theory]
    [InlineData("""\ud800""", "\uFFFD")]
    [InlineData("""\udc00\ud800""", "\uFFFD\uFFFD")]
    [InlineData("""\ud83d\ude00""", "\U0001F600")]
    [InlineData("""\u0000""", "\uFFFD")]
    [InlineData("""\\u0000""", "\\u0000")]
    [InlineData("""\u00e9\n""", "é\n")]
    public void What_no_reader_could_hold_is_mended(string escaped, string expected)
    {
        var frame = Frames.Parse(Encoding.UTF8.GetBytes($"[2,\"x\",\"Authorize\",{{\"idTag\":\"{escaped}\"}}]"), Framing.V16);
        Assert.Equal(expected, Assert.IsType<Frame.Call>(frame).Payload.GetProperty("idTag").GetString());
    }

    [Fact]
    public void What_is_not_utf8_is_no_frame() =>
        Assert.IsType<Frame.Unreadable>(Frames.Parse([.. "[2,\""u8, 0xC3, 0x28, .. "\",\"Heartbeat\",{}]"u8], Framing.V16));

    [Fact]
    public void A_description_is_cut_to_255_characters_and_never_in_the_middle_of_one()
    {
        var printed = Frames.PrintError("x", new Fault("InternalError", new string('d', 254) + "\U0001F600"));
        var error = Assert.IsType<Frame.CallError>(Frames.Parse(printed, Framing.V16));
        Assert.Equal(new string('d', 254), error.Description);
    }

    [Fact]
    public void A_frame_that_is_printed_is_the_frame_that_is_read() =>
        Gen.Select(Gen.String[1, 36], Gen.String[1, 50], Json.Objects).Sample((id, action, payload) =>
        {
            (id, action) = (Lawful(id), Lawful(action));
            Mending.TryMend(Encoding.UTF8.GetBytes(payload), out var bytes);
            payload = Encoding.UTF8.GetString(bytes);
            Assert.Equal($"call {id} {action} {payload}", Whole(Frames.PrintCall(id, action, bytes)));
            Assert.Equal($"result {id} {payload}", Whole(Frames.PrintResult(id, bytes)));
            Assert.Equal($"error {id} {action} {id}", Whole(Frames.PrintError(id, new Fault(action, id))));
        });

    [Fact]
    public void Any_bytes_are_read_somehow() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        foreach (var framing in Framings) Assert.NotNull(Frames.Parse(bytes, framing));
    });

    [Fact]
    public void Any_damage_to_a_frame_is_read_somehow()
    {
        var sound = """[2,"a\u00e9","StopTransaction",{"transactionId":17,"meterStop":5e3,"x":[null,true,{"y":"\ud83d\ude00"}]}]"""u8.ToArray();
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Int[0, 20], Gen.Byte.Array[0, 5]).Sample((at, cut, put) =>
        {
            byte[] damaged = [.. sound[..at], .. put, .. sound[Math.Min(at + cut, sound.Length)..]];
            foreach (var framing in Framings) Assert.NotNull(Words(Frames.Parse(damaged, framing)));
        });
    }

    // Half a surrogate pair is no text; the reader would mend it.
    private static string Lawful(string text) =>
        new([.. text.Select(letter => char.IsSurrogate(letter) || letter == 0 ? 'x' : letter)]);

    private static string Whole(byte[] frame) => Frames.Parse(frame, Framing.V16) switch
    {
        Frame.Call call => $"call {call.Id} {call.Action} {call.Payload.GetRawText()}",
        Frame.CallResult result => $"result {result.Id} {result.Payload.GetRawText()}",
        var other => Words(other),
    };

    private static string Words(Frame frame) => frame switch
    {
        Frame.Call call => $"call {call.Id} {call.Action}",
        Frame.CallResult result => $"result {result.Id}",
        Frame.CallError error => $"error {error.Id} {error.Code} {error.Description}",
        Frame.CallResultError error => $"resultError {error.Id} {error.Code} {error.Description}",
        Frame.Send send => $"send {send.Id} {send.Action}",
        Frame.Unreadable { Fault: { } fault } unreadable => $"{unreadable.Id} {fault.Code}",
        Frame.Unreadable unreadable => $"silence {unreadable.Id}".Trim(),
        Frame.Ignored ignored => $"ignored {ignored.MessageType}",
        _ => throw new JsonException("No such frame"),
    };
}
