using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of diagnostics and monitoring are for (OCPP 2.0.1, N).</summary>
[Collection(Scenarios.Name)]
public sealed class DiagnosticsMeaningSpec(Stage stage)
{
    private static readonly object Place = new { component = new { name = "Connector" }, variable = new { name = "Temperature" } };

    [Theory, Means("NotifyEvent", Way.FromCharger)]
    public Task What_a_monitor_saw_is_kept(string version) => stage.IsListed(
        version, "NotifyEvent", """
            {"generatedAt":"2026-01-01T12:00:00Z","seqNo":0,"eventData":[{"eventId":1,"timestamp":"2026-01-01T12:00:00Z",
            "trigger":"Alerting","actualValue":"95","eventNotificationType":"HardWiredNotification",
            "component":{"name":"Connector"},"variable":{"name":"Temperature"}}]}
            """, "events", "95");

    [Theory, Means("SetMonitoringBase", Way.ToCharger)]
    public Task A_set_of_monitors_that_there_is_not_is_told(string version) => stage.IsToldNo(
        version, "SetMonitoringBase", new { monitoringBase = "FactoryDefault" }, "NotSupported");

    [Theory, Means("SetMonitoringLevel", Way.ToCharger)]
    public Task A_level_that_is_not_taken_is_told(string version) => stage.IsToldNo(
        version, "SetMonitoringLevel", new { severity = 4 }, "Rejected");

    [Theory, Means("SetVariableMonitoring", Way.ToCharger)]
    public Task A_monitor_that_is_not_set_is_told(string version)
    {
        var data = new { value = 80, type = "UpperThreshold", severity = 3, component = new { name = "Connector" }, variable = new { name = "Temperature" } };
        return stage.IsToldNo(
            version, "SetVariableMonitoring", new { setMonitoringData = new[] { data } }, Result("Accepted"), Result("UnknownVariable"), "UnknownVariable");

        static object Result(string status) => new
        {
            setMonitoringResult = new[]
            {
                new { status, type = "UpperThreshold", severity = 3, component = new { name = "Connector" }, variable = new { name = "Temperature" } },
            },
        };
    }

    [Theory, Means("ClearVariableMonitoring", Way.ToCharger)]
    public Task A_monitor_that_is_not_there_is_told(string version) => stage.IsToldNo(
        version, "ClearVariableMonitoring", new { id = new[] { 7 } }, Cleared("Accepted"), Cleared("NotFound"), "NotFound");

    [Theory, Means("GetMonitoringReport", Way.ToCharger)]
    public Task That_a_station_reports_no_monitors_is_told(string version) => stage.IsToldNo(
        version, "GetMonitoringReport", new { requestId = 5, componentVariable = new[] { Place } }, "NotSupported");

    [Theory, Means("NotifyMonitoringReport", Way.FromCharger)]
    public Task The_monitors_of_a_station_are_kept(string version) => stage.IsListed(
        version, "NotifyMonitoringReport", """
            {"requestId":5,"seqNo":0,"generatedAt":"2026-01-01T12:00:00Z","monitor":[{"component":{"name":"Connector"},
            "variable":{"name":"Temperature"},"variableMonitoring":[{"id":7,"transaction":false,"value":80,
            "type":"UpperThreshold","severity":3,"eventNotificationType":"CustomMonitor"}]}]}
            """.Replace(version == Versions.V201 ? ",\"eventNotificationType\":\"CustomMonitor\"" : "\n", "", StringComparison.Ordinal), "monitors", "Temperature");

    [Theory, Means("CustomerInformation", Way.ToCharger)]
    public Task A_customer_that_is_not_known_is_told(string version) => stage.IsToldNo(
        version, "CustomerInformation", new { requestId = 6, report = true, clear = false, customerIdentifier = "C-1" }, "Invalid");

    [Theory, Means("NotifyCustomerInformation", Way.FromCharger)]
    public Task What_a_station_knows_of_a_customer_is_kept(string version) => stage.IsListed(
        version, "NotifyCustomerInformation", """{"data":"nothing","seqNo":0,"generatedAt":"2026-01-01T12:00:00Z","requestId":6}""", "customer-information", "nothing");

    private static object Cleared(string status) => new { clearMonitoringResult = new[] { new { id = 7, status } } };
}
