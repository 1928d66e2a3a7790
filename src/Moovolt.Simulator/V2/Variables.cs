using System.Text.Json;

namespace Moovolt.Simulator.V2;

/// <summary>A charger's settings as variables of components (OCPP 2.0.1, part 2 appendix 3).</summary>
internal static class Variables
{
    private static readonly (string Component, string Variable, string? Instance, string Key)[] All =
    [
        ("OCPPCommCtrlr", "HeartbeatInterval", null, "HeartbeatInterval"),
        ("OCPPCommCtrlr", "MessageAttempts", "TransactionEvent", "TransactionMessageAttempts"),
        ("OCPPCommCtrlr", "MessageAttemptInterval", "TransactionEvent", "TransactionMessageRetryInterval"),
        ("SampledDataCtrlr", "TxUpdatedInterval", null, "MeterValueSampleInterval"),
    ];

    public static void Get(Utf8JsonWriter json, JsonElement payload, ChargerSettings settings) =>
        Results(json, "getVariableResult", payload.Items("getVariableData"), (asked, key) =>
        {
            json.WriteString("attributeStatus", key is null ? Unknown(asked) : "Accepted");
            if (key is not null) json.WriteString("attributeValue", settings.Of(key).Value);
        });

    public static void Set(Utf8JsonWriter json, JsonElement payload, ChargerSettings settings) =>
        Results(json, "setVariableResult", payload.Items("setVariableData"), (asked, key) => json.WriteString(
            "attributeStatus",
            key is null ? Unknown(asked) : settings.Change(key, asked.Text("attributeValue") ?? "")));

    /// <summary>All of them, as a report tells them.</summary>
    public static void Report(Utf8JsonWriter json, ChargerSettings settings)
    {
        json.WriteStartArray("reportData");
        foreach (var (component, variable, instance, key) in All)
        {
            json.WriteStartObject();
            Name(json, component, variable, instance);
            json.WriteStartArray("variableAttribute");
            json.WriteStartObject();
            json.WriteString("value", settings.Of(key).Value);
            json.WriteString("mutability", settings.Of(key).ReadOnly ? "ReadOnly" : "ReadWrite");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Results(
        Utf8JsonWriter json, string name, IEnumerable<JsonElement> asked, Action<JsonElement, string?> members)
    {
        json.WriteStartArray(name);
        foreach (var one in asked)
        {
            json.WriteStartObject();
            members(one, Array.Find(All, known => Meets(one, known.Component, known.Variable, known.Instance)).Key);
            if (one.Member("component") is { } component) Copy(json, "component", component);
            if (one.Member("variable") is { } variable) Copy(json, "variable", variable);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Copy(Utf8JsonWriter json, string name, JsonElement member)
    {
        json.WritePropertyName(name);
        member.WriteTo(json);
    }

    private static void Name(Utf8JsonWriter json, string component, string variable, string? instance)
    {
        json.WriteStartObject("component");
        json.WriteString("name", component);
        json.WriteEndObject();
        json.WriteStartObject("variable");
        json.WriteString("name", variable);
        if (instance is not null) json.WriteString("instance", instance);
        json.WriteEndObject();
    }

    private static bool Meets(JsonElement asked, string component, string variable, string? instance) =>
        asked.Member("component")?.Text("name") == component && asked.Member("variable")?.Text("name") == variable
        && asked.Member("variable")?.Text("instance") == instance;

    private static string Unknown(JsonElement asked) =>
        Array.Exists(All, known => asked.Member("component")?.Text("name") == known.Component)
            ? "UnknownVariable" : "UnknownComponent";
}

/// <summary>OCPP 2.0.1, B07: the whole device model in one part.</summary>
internal sealed class NotifyReport(int request, ChargerSettings settings) : Outgoing("NotifyReport")
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("requestId", request);
        payload.WriteString("generatedAt", ChargerClock.Print(DateTimeOffset.UtcNow));
        payload.WriteNumber("seqNo", 0);
        Variables.Report(payload, settings);
    }
}
