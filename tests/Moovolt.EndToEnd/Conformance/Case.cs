using System.Collections.Immutable;
using System.Reflection;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Marks the test that plays a case of the certification programme.</summary>
/// <param name="id">As the programme calls it, without the ending _CSMS.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CaseAttribute(string id) : Attribute
{
    public string Id => id;
}

/// <summary>
/// A case of the Open Charge Alliance's programme for OCPP 1.6 in which the central system is under test, and the test
/// that plays it; null where none does.
/// </summary>
/// <param name="Id">As the programme calls it, without the ending _CSMS.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Profile">The part of the certificate that it belongs to.</param>
internal sealed record Case(string Id, string Name, string Profile)
{
    private const string Core = "Core";
    private const string LocalList = "Local list";
    private const string Firmware = "Firmware";
    private const string Reservation = "Reservation";
    private const string Trigger = "Remote trigger";
    private const string Smart = "Smart charging";
    private const string Security = "Security";

    private static readonly ILookup<string, MethodInfo> Tests = (
        from type in typeof(Case).Assembly.GetTypes()
        from method in type.GetMethods()
        from mark in method.GetCustomAttributes<CaseAttribute>()
        select (mark.Id, method)).ToLookup(one => one.Id, one => one.method);

    public MethodInfo? Test => Tests[Id].SingleOrDefault();

    /// <summary>Every case that some test claims to play.</summary>
    public static IEnumerable<string> Played => Tests.Select(tests => tests.Key);

    /// <summary>All 77, as the document of February 2026 lists them.</summary>
    public static readonly ImmutableArray<Case> All =
    [
        new("TC_001", "Cold boot", Core),
        new("TC_003", "Charging session, plug first", Core),
        new("TC_004_1", "Charging session, identification first", Core),
        new("TC_004_2", "Identification first, connection timeout", Core),
        new("TC_005_1", "EV side disconnected", Core),
        new("TC_007", "Charging session, cached id", Core),
        new("TC_010", "Remote start, cable first", Core),
        new("TC_011_1", "Remote start, remote first", Core),
        new("TC_011_2", "Remote start, timeout", Core),
        new("TC_012", "Remote stop", Core),
        new("TC_013", "Hard reset", Core),
        new("TC_014", "Soft reset", Core),
        new("TC_017_1", "Unlock, no session, loose cable", Core),
        new("TC_017_2", "Unlock, no session, fixed cable", Core),
        new("TC_018_1", "Unlock during a session", Core),
        new("TC_019_1", "All configuration keys", Core),
        new("TC_019_2", "One configuration key", Core),
        new("TC_021", "Change configuration", Core),
        new("TC_023_1", "Authorize, invalid", Core),
        new("TC_023_2", "Authorize, expired", Core),
        new("TC_023_3", "Authorize, blocked", Core),
        new("TC_024", "Lock failure at the start", Core),
        new("TC_026", "Remote start rejected", Core),
        new("TC_028", "Remote stop rejected", Core),
        new("TC_030", "Unlock fails", Core),
        new("TC_031", "Unlock of an unknown connector", Core),
        new("TC_032_1", "Power failure, transactions stopped", Core),
        new("TC_037_1", "Offline start, valid id", Core),
        new("TC_037_3", "Offline start, invalid id", Core),
        new("TC_039", "Offline transaction", Core),
        new("TC_040_1", "Configuration key not supported", Core),
        new("TC_040_2", "Configuration value invalid", Core),
        new("TC_042_1", "List version, not supported", LocalList),
        new("TC_042_2", "List version, empty", LocalList),
        new("TC_043_1", "Send list, not supported", LocalList),
        new("TC_043_3", "Send list, failed", LocalList),
        new("TC_043_4", "Send list, full", LocalList),
        new("TC_043_5", "Send list, differential", LocalList),
        new("TC_044_1", "Firmware downloaded and installed", Firmware),
        new("TC_044_2", "Firmware download fails", Firmware),
        new("TC_044_3", "Firmware installation fails", Firmware),
        new("TC_045_1", "Diagnostics uploaded", Firmware),
        new("TC_045_2", "Diagnostics upload fails", Firmware),
        new("TC_046", "Reserve a connector, used", Reservation),
        new("TC_047", "Reserve a connector, expired", Reservation),
        new("TC_048_1", "Reserve, faulted", Reservation),
        new("TC_048_2", "Reserve, occupied", Reservation),
        new("TC_048_3", "Reserve, unavailable", Reservation),
        new("TC_048_4", "Reserve, rejected", Reservation),
        new("TC_049", "Reserve the whole charge point", Reservation),
        new("TC_051", "Cancel a reservation", Reservation),
        new("TC_052", "Cancel a reservation, rejected", Reservation),
        new("TC_053", "Reservation used by the parent's group", Reservation),
        new("TC_054", "Trigger messages", Trigger),
        new("TC_055", "Trigger rejected", Trigger),
        new("TC_056", "TxDefaultProfile", Smart),
        new("TC_057", "TxProfile", Smart),
        new("TC_059", "Remote start with a profile", Smart),
        new("TC_061", "Clear the authorization cache", Core),
        new("TC_064", "Data transfer to the central system", Core),
        new("TC_066", "Composite schedule", Smart),
        new("TC_067", "Clear charging profiles", Smart),
        new("TC_073", "Change the password", Security),
        new("TC_074", "Renew the charge point's certificate", Security),
        new("TC_075_1", "Install a manufacturer's root", Security),
        new("TC_075_2", "Install a central system's root", Security),
        new("TC_076", "Delete a certificate", Security),
        new("TC_077", "Charge point's certificate invalid", Security),
        new("TC_078", "Central system's certificate invalid", Security),
        new("TC_079", "Security log", Security),
        new("TC_080", "Signed firmware", Security),
        new("TC_081", "Signed firmware, invalid signature", Security),
        new("TC_083", "Upgrade the security profile", Security),
        new("TC_085", "Basic authentication", Security),
        new("TC_086", "TLS with a server's certificate", Security),
        new("TC_087", "TLS with a client's certificate", Security),
        new("TC_088", "Subprotocol negotiation", Security),
    ];
}
