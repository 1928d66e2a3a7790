using CsCheck;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>
/// A charger with two connectors, each with several sessions, whose messages come in any order that each connector's
/// own messages keep, some of them twice, some without their transaction. Charge point, transactions and tokens are
/// driven together, and notes between them are lost now and then.
/// </summary>
public sealed class InterleavingSpec
{
    private static readonly Gen<Session> Sessions = Gen.Select(
        Gen.Int[1, 5_000], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool,
        (wattHours, startsTwice, samplesBare, stopsBare, stopsTwice) =>
            new Session(wattHours, startsTwice, samplesBare, stopsBare, stopsTwice));

    private static readonly Gen<Session[]> Connector = Sessions.Array[1, 4];

    [Fact]
    public void Two_connectors_never_mix_in_thousands_of_interleavings() =>
        Gen.Select(Connector, Connector, Gen.Int[0, int.MaxValue]).Sample((left, right, seed) =>
        {
            var chance = new Random(seed);
            var world = new World(note => note is NoteTransactionEnded or ReleasePlace && chance.Next(10) == 0);
            world.Send(Define("A", maxConcurrent: 1));
            world.Send(Define("B", maxConcurrent: 1));
            var sides = new[] { new Side(world, 1, "A", 1_000, left), new Side(world, 2, "B", 800_000, right) };

            while (sides.Where(side => !side.IsDone).ToArray() is { Length: > 0 } unfinished)
                unfinished[chance.Next(unfinished.Length)].Step();

            foreach (var side in sides) side.Check();
            foreach (var began in world.Stored<TransactionBegan>())
                world.Send(new WakeTransaction(began.Id, "untold-close", Noon.AddDays(1)));
            foreach (var began in world.Stored<TransactionBegan>())
                world.Send(new WakeTransaction(began.Id, "untold-close", Noon.AddDays(1)));
            Assert.All(world.Stored<TransactionBegan>(), began => Assert.Equal(began.Connector.Evse == 1 ? "A" : "B", began.Token));
            Assert.All(
                world.Stored<SamplesRecorded>(),
                told => Assert.Equal(IsLeft(world, told.Id), told.Samples.All(sample => sample.Register() < new Energy(500_000))));
        }, iter: 3_000);

    private static bool IsLeft(World world, TransactionId id) =>
        world.Stored<TransactionBegan>().Single(began => began.Id == id).Connector.Evse == 1;

    private sealed record Session(int WattHours, bool StartsTwice, bool SamplesBare, bool StopsBare, bool StopsTwice);

    /// <summary>What one connector has to tell, message after message.</summary>
    private sealed class Side
    {
        private readonly World _world;
        private readonly int _connector;
        private readonly string _token;
        private readonly Queue<Action> _steps = new();
        private readonly Dictionary<TransactionId, long> _expected = [];

        public Side(World world, int connector, string token, long register, Session[] sessions)
        {
            (_world, _connector, _token) = (world, connector, token);
            var minute = 0;
            foreach (var session in sessions)
            {
                Tell(session, register, minute);
                register += session.WattHours;
                minute += 30;
            }
        }

        public bool IsDone => _steps.Count == 0;

        public void Step() => _steps.Dequeue()();

        public void Check()
        {
            Assert.All(_expected, entry =>
            {
                var ended = Assert.IsType<Transaction.Ended>(_world.Transaction(entry.Key));
                Assert.Equal(entry.Value, ended.End.Delivered.WattHours);
                Assert.Equal(_connector, ended.Began.Connector.Evse);
            });
            Assert.Equal(_expected.Count, _world.Stored<TransactionBegan>().Count(began => began.Connector.Evse == _connector));
        }

        private void Tell(Session session, long register, int minute)
        {
            TransactionId? id = null;
            var start = Start(Cp1, _connector, _token, register, minute);
            Command Begin()
            {
                var admitted = (Judged)_world.Send(new Admit(
                    new TokenId(_token), start.Key, start.ArrivedAt, new Outlet(Cp1, start.Connector)))!;
                Assert.Equal(AuthorizationStatus.Accepted, admitted.Verdict.Status);
                return start with { Verdict = admitted.Verdict };
            }

            _steps.Enqueue(() =>
            {
                id = ((Began)_world.Send(Begin())!).Id;
                _expected[id] = session.WattHours;
            });
            if (session.StartsTwice) _steps.Enqueue(() => Assert.Equal(id, ((Began)_world.Send(Begin())!).Id));
            _steps.Enqueue(() => _world.Send(session.SamplesBare
                ? new PlaceSamples(
                    Cp1, start.Connector, null, [Sample(register + (session.WattHours / 2), minute + 10)], Noon.AddMinutes(minute + 10), [])
                : Meter(id!, _connector, register + (session.WattHours / 2), minute + 10))); // has begun
            Command End() => session.StopsBare
                ? new PlaceStop(
                    Cp1, _token, new Energy(register + session.WattHours), "Local", Noon.AddMinutes(minute + 20),
                    Noon.AddMinutes(minute + 20), [], [], $"{{{_token} {minute}}}")
                : Stop(id!, register + session.WattHours, minute + 20, _token); // has begun
            _steps.Enqueue(() => _world.Send(End()));
            if (session.StopsTwice) _steps.Enqueue(() => _world.Send(End()));
        }
    }
}
