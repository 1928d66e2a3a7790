using System.Collections.Immutable;

namespace Moovolt.EndToEnd.Actions;

/// <summary>Who calls whom.</summary>
public enum Way
{
    /// <summary>The charger calls.</summary>
    FromCharger,

    /// <summary>We call.</summary>
    ToCharger,
}

/// <summary>An action of OCPP.</summary>
/// <param name="Name">Case-sensitive.</param>
/// <param name="Ways">DataTransfer alone goes both ways.</param>
public sealed record KnownAction(string Name, params ImmutableArray<Way> Ways)
{
    /// <summary>Those of one version, by its subprotocol.</summary>
    public static ImmutableArray<KnownAction> Of(string version) => version switch
    {
        "ocpp1.6" => Actions16.All,
        V2.Versions.V201 => V2.Actions2.Of201,
        V2.Versions.V21 => V2.Actions2.Of21,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "No version of ours."),
    };
}
