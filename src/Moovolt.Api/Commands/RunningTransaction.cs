using Moovolt.Domain;

namespace Moovolt.Api.Commands;

/// <summary>A transaction as operators write it in commands about one that runs.</summary>
internal static class RunningTransaction
{
    /// <summary>Its local id, from that or from its whole id; another charger's stays whole, and names nothing there.</summary>
    public static string LocalId(string chargePoint, string text) =>
        TransactionId.TryParse(text, out var whole) && whole.ChargePoint.Value == chargePoint ? whole.LocalId : text;
}
