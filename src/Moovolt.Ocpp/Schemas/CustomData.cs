using System.Text.Json;

namespace Moovolt.Ocpp.Schemas;

/// <summary>
/// What a vendor may add to every object from OCPP 2.0.1 on (CustomDataType): an object that names the vendor. Nobody
/// else knows what else is in it.
/// </summary>
internal static class CustomData
{
    public const string Name = "customData";

    private static readonly TextShape VendorId = new(255, [], [], asItComes: false);

    public static void Check(JsonElement value, Objections objections)
    {
        var before = objections.Count;
        if (value.ValueKind != JsonValueKind.Object)
        {
            objections.AddForgivable(ObjectionKind.WrongType, "must be an object");
        }
        else if (!value.TryGetProperty("vendorId"u8, out var vendor))
        {
            objections.AddForgivable(ObjectionKind.Missing, "is required", "vendorId");
        }
        else if (!objections.Forgiving)
        {
            VendorId.Read(vendor, objections);
        }

        objections.Within(before, Name);
    }
}
