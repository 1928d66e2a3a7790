using System.Collections.Immutable;
using Moovolt.Domain.Transactions;

namespace Moovolt.ReadModel.Readings;

/// <summary>A reading of the station itself, outside any transaction.</summary>
public sealed record ReadingRow(
    long Number,
    string ChargePoint,
    int Evse,
    int Connector,
    DateTimeOffset At,
    DateTimeOffset ArrivedAt,
    ImmutableArray<Reading> Readings);
