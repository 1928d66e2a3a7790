using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.8: how the charger is set. Its answer has no status: to answer is to be willing.</summary>
[OcppAction("GetConfiguration", OcppVersion.V16)]
public sealed record GetConfiguration([MaxLength(50)] ImmutableArray<string>? Key) : ICsmsCall<ReadConfiguration>
{
    public sealed record Response(
        ImmutableArray<KeyValue>? ConfigurationKey,
        [MaxLength(50)] ImmutableArray<string>? UnknownKey);

    /// <summary>OCPP 1.6, 7.29.</summary>
    public sealed record KeyValue([MaxLength(50)] string Key, bool Readonly, [MaxLength(500)] string? Value);

    public static Wording ToCall(ReadConfiguration request) =>
        Wording.Of(new GetConfiguration(request.Keys.IsEmpty ? null : request.Keys));

    public StationAnswer ToAnswer(Heard heard) => new(RequestState.Accepted);
}
