using System.Reflection;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp;

/// <summary>Who may call an action.</summary>
[Flags]
public enum Direction
{
    None = 0,
    FromCharger = 1,
    ToCharger = 2,
    Both = FromCharger | ToCharger,
}

/// <summary>One action of one version, and everything that its record says of it.</summary>
public sealed class CatalogedAction
{
    internal CatalogedAction(Type record, OcppActionAttribute action, OcppVersion version)
    {
        Name = action.Name;
        Record = record;
        IsTransactionMessage = action.IsTransactionMessage;
        MayPrecedeAcceptance = action.MayPrecedeAcceptance;
        KeepsPayload = action.KeepsPayload;
        IsSend = action.IsSend;
        Request = Shapes.Of(record, version);
        Response = Shapes.Of(
            record.GetNestedType("Response") ?? throw new InvalidOperationException($"{record} has no nested record Response"),
            version);
        if (record.IsAssignableTo(typeof(IChargerCall))) Direction |= Direction.FromCharger;
        if (!record.IsAssignableTo(typeof(ICsmsCall))) return;

        Direction |= Direction.ToCharger;
        Wishes = record.GetInterfaces()
            .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ICsmsCall<>))
            .Select(face => face.GetGenericArguments()[0])
            .ToDictionary(wish => wish, wish => Make<Func<StationRequest, Wording>>(nameof(Speaker), record, wish));
    }

    public string Name { get; }

    public Direction Direction { get; }

    /// <summary>The record that is this action on the wire.</summary>
    public Type Record { get; }

    public bool IsTransactionMessage { get; }

    public bool MayPrecedeAcceptance { get; }

    public bool KeepsPayload { get; }

    public bool IsSend { get; }

    internal RecordShape Request { get; }

    internal RecordShape Response { get; }

    /// <summary>The wishes that this action puts into words.</summary>
    internal IReadOnlyDictionary<Type, Func<StationRequest, Wording>> Wishes { get; } =
        new Dictionary<Type, Func<StationRequest, Wording>>();

    // The only reflection: at start, from types to delegates.
    private static T Make<T>(string method, params Type[] types)
        where T : Delegate =>
        (T)typeof(CatalogedAction).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(types).Invoke(null, null)!; // it is a method below that returns a delegate

    private static Func<StationRequest, Wording> Speaker<TRecord, TWish>()
        where TRecord : ICsmsCall<TWish>
        where TWish : StationRequest => wish => TRecord.ToCall((TWish)wish);
}
