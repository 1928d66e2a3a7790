using System.Collections.Immutable;
using CsCheck;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Projection;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What was kept from event to event is what a rebuild from the first event gives.</summary>
[Collection(BackendsCollection.Name)]
public sealed class RebuildSpec(Backends backends)
{
    private static readonly Gen<ChargePointId> ChargePointIds = Gen.Int[1, 4].Select(n => new ChargePointId($"CP-{n}"));
    private static readonly Gen<TokenId> TokenIds = Gen.Int[1, 2].Select(n => new TokenId($"card-{n}"));
    private static readonly Gen<ConnectorId> Connectors = Gen.Int[0, 2].Select(ConnectorId.Of16);
    private static readonly Gen<DateTimeOffset> Times = Gen.Int[0, 100_000].Select(s => Stage.Noon.AddSeconds(s));
    private static readonly Gen<string> RequestIds = Gen.Int[1, 4].Select(n => $"r-{n}");
    private static readonly Gen<string?> Frames = Gen.Int[0, 2].Select(n => n == 0 ? null : n == 1 ? "{\"a\":1}" : "{\"b\":[2,\"ç\"]}");

    private static readonly Gen<TransactionId> TransactionIds = Gen.Select(
        ChargePointIds, Gen.Int[1, 3], (chargePoint, n) => new TransactionId(chargePoint, $"{n}"));

    private static readonly Gen<ImmutableArray<Sample>> Samples = Gen
        .Select(Times, Gen.Int[0, 9000], (at, wh) => new Sample(at, [new Reading($"{wh}"), new Reading("12.5", "Voltage", "V")]))
        .Array[0, 3].Select(samples => samples.ToImmutableArray());

    private static readonly Gen<string> Keys = Gen.Int[0, 3].Select(n => n == 0 ? "A" : n == 1 ? "a" : n == 2 ? "B" : "C");

    private static readonly Gen<ConfigurationItem> Items = Gen.Select(
        Keys, Gen.Int[0, 2], (key, n) => ConfigurationItem.Of(key, n == 0 ? null : $"{n}"));

    private static readonly Gen<Outcome> Outcomes = Gen.OneOf<Outcome>(
        Gen.Select(Items, Keys, (item, unknown) => (Outcome)new ConfigurationRead([item], [unknown])),
        Gen.Select(Items, Gen.Bool, (item, reboot) => (Outcome)new ConfigurationWritten(item, reboot)),
        Keys.Select(key => (Outcome)new ConfigurationUnknown(key)),
        Gen.Select(Connectors, Gen.Bool, (place, operative) => (Outcome)new AvailabilityChanged(place, operative)),
        Gen.Select(Connectors, Gen.Bool, (place, operative) => (Outcome)new AvailabilityScheduled(place, operative)),
        Gen.Select(Gen.Int[1, 3], Gen.Bool, Keys, Gen.Bool, (version, full, token, off) => (Outcome)new LocalListAccepted(
            version, full, [new LocalListEntry(token, off ? null : AuthorizationStatus.Accepted)])),
        Gen.Bool.Select(mismatch => (Outcome)new LocalListRefused(mismatch)),
        Gen.Int[-1, 3].Select(version => (Outcome)new LocalListVersionRead(version)),
        Gen.Select(Gen.Int[1, 3], Connectors, Times, (id, place, until) => (Outcome)new Reserved(id, place, "CARD-1", null, until)),
        Gen.Int[1, 3].Select(id => (Outcome)new ReservationCancelled(id)));

    private static readonly Gen<Command> Commands = Gen.OneOf<Command>(
        Gen.Select(ChargePointIds, Times, (id, at) => (Command)new RegisterChargePoint(
            id, $"n{at.Second}", at.Second % 4, 1, Registration.Accepted, UnknownTokens.Accept, "ana", at)),
        Gen.Select(ChargePointIds, Times, (id, at) => (Command)new RetireChargePoint(id, "ana", at)),
        Gen.Select(ChargePointIds, Gen.Int[0, 5], Times, (id, s, at) => (Command)new OpenSession(
            id, $"s-{s}", 0, s % 2 == 0 ? "ocpp1.6" : "ocpp2.1", "akka://a", s, "10.0.0.1:5", 1, at)),
        Gen.Select(ChargePointIds, Gen.Long[1, 5], Times, (id, epoch, at) => (Command)new CloseSession(id, epoch, "gone", at)),
        Gen.Select(ChargePointIds, Gen.Long[1, 5], Times, (id, epoch, at) => (Command)new ReportBoot(
            id, epoch, new BootDetails("V", $"M{at.Second}"), at)),
        Gen.Select(ChargePointIds, Connectors, Times, (id, connector, at) => (Command)new ReportStatus(
            id, 0, connector, new ConnectorStatus(at.Second % 2 == 0 ? "Available" : "Charging", "NoError"), null, at)),
        Gen.Select(ChargePointIds, RequestIds, Gen.Bool, Times, (id, request, queue, at) => (Command)new RequestStation(
            id, $"{id}-{request}", new ClearCache(), "ana", 30, queue ? at.AddMinutes(1) : null, at)),
        Gen.Select(ChargePointIds, RequestIds, Gen.Long[1, 5], Times, (id, request, epoch, at) => (Command)new AnswerRequest(
            id, epoch, $"{id}-{request}", new StationAnswer(RequestState.Rejected, "{}"), at)),
        Gen.Select(ChargePointIds, RequestIds, Gen.Long[1, 5], Outcomes, Times, (id, request, epoch, outcome, at) => (Command)new AnswerRequest(
            id, epoch, $"{id}-{request}", new StationAnswer(RequestState.Accepted, "{}", Outcome: outcome), at)),
        Gen.Select(ChargePointIds, Times, (id, at) => (Command)new WakeChargePoint(id, "due", at)),
        Gen.Select(ChargePointIds, Connectors, TokenIds, Times, Frames, (id, connector, token, at, frame) => (Command)new NumberTransaction(
            id, $"{connector}{token}{at.Minute}", connector, token.Key, new Verdict(AuthorizationStatus.Accepted, Place: "p"),
            new Energy(at.Second), at, at, [], null, frame)),
        Gen.Select(ChargePointIds, Times, (id, at) => (Command)new PlaceStop(
            id, null, null, "Local", at, at, [], [], $"{{\"stop\":{at.Second}}}")),
        Gen.Select(TransactionIds, TokenIds, Gen.Bool, Times, Frames, (id, token, ours, at, frame) => (Command)new BeginTransaction(
            id, ConnectorId.Of16(1), token.Key, Verdict.Accepted, new Energy(at.Second), at, at, ours, [], null, frame)),
        Gen.Select(TransactionIds, Samples, Gen.Bool, Times, Frames, (id, samples, placed, at, frame) => (Command)new RecordSamples(
            id, ConnectorId.Of16(1), samples, at, [new Oddity("odd", "x")], placed, frame)),
        Gen.Select(TransactionIds, Samples, Times, Frames, (id, samples, at, frame) => (Command)new EndTransaction(
            id, null, new Energy(at.Second * 100), "Local", at, at, samples, [], frame)),
        Gen.Select(TransactionIds, Times, (id, at) => (Command)new WakeTransaction(id, "due", at)),
        Gen.Select(TokenIds, Times, Gen.Bool, (id, at, blocked) => (Command)new DefineToken(
            id, blocked, null, $"p{at.Second}", null, 1, "ana", at)),
        Gen.Select(TokenIds, Times, (id, at) => (Command)new RemoveToken(id, "ana", at)),
        Gen.Select(TokenIds, Times, (id, at) => (Command)new Admit(id, $"p{at.Minute}", at)));

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_rebuild_gives_what_was_kept(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var log = new Lines<Projector>();
        using var projector = new Projector(stage.Stores, stage.Clock, log);

        // One stage for all runs: each adds its events, and the whole history is rebuilt.
        await Gen.Select(Commands.Array[1, 120], Gen.Int[1, 20]).SampleAsync(
            async (commands, step) =>
            {
                foreach (var chunk in commands.Chunk(step))
                {
                    foreach (var command in chunk) stage.Entities.Tell(command);
                    await stage.StoreAsync();
                    await projector.CatchUpAsync(default);
                }

                var kept = await stage.DumpAsync();
                await projector.RebuildAsync(default);
                await projector.CatchUpAsync(default);
                Assert.Equal(kept, await stage.DumpAsync());
            },
            iter: 15,
            threads: 1);

        Assert.True(stage.Entities.Journal.Count > 100, "the stories are too short to prove anything");
        Assert.False(log.Has("tried one by one"), "some batch could not be written whole, which this is about");
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_rebuild_leaves_alone_what_the_doors_have_written(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var credentials = new Doors.Credentials(stage.Stores.ReadModel, stage.Clock);
        var id = new ChargePointId("CP-1");
        await credentials.PutAsync(id, 1, "secret"u8.ToArray(), default);
        await stage.TellAsync(new RegisterChargePoint(
            id, null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Stage.Noon));

        await stage.Projector.RebuildAsync(default);
        Assert.Null(await stage.ChargePoints.FindAsync(id, default));
        Assert.True(credentials.Verify(await credentials.FindAsync(id, default), "secret"u8));
        await stage.Projector.CatchUpAsync(default);
        Assert.NotNull(await stage.ChargePoints.FindAsync(id, default));
    }
}
