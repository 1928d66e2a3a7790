namespace Moovolt.Faults.Checker;

/// <summary>A command as the tables have it.</summary>
/// <param name="Mark">Its data, where it is a vendor's own message; else null.</param>
/// <param name="State">
/// Queued, Sent, Accepted, Rejected, Failed, TimedOut, Expired, Cancelled, Effective or NoEffect.
/// </param>
internal sealed record StoredCommand(string Id, string Station, string Verb, string? Mark, string State)
{
    /// <summary>It will not go on by itself: nobody has to look after it any more.</summary>
    public bool IsOver => State is not ("Queued" or "Sent");

    /// <summary>The charger has said something to it.</summary>
    public bool IsAnswered => State is "Accepted" or "Rejected" or "Effective" or "NoEffect";

    /// <summary>It may have reached the charger or not, and that is what is said.</summary>
    public bool IsUnknown => State is "TimedOut";

    /// <param name="prefix">Of the chargers that are meant.</param>
    public static async Task<IReadOnlyList<StoredCommand>> ReadAll(Source source, string prefix)
    {
        const string statement = """
            SELECT id, charge_point, action, state, request FROM commands WHERE substr(charge_point, 1, length($1)) = $1
            """;
        List<StoredCommand> all = [];
        await foreach (var row in Source.Read(source.Tables, statement, prefix))
        {
            var verb = row.GetString(2);
            var mark = verb == "data-transfer"
                ? System.Text.Json.Nodes.JsonNode.Parse(row.GetString(4))?["data"]?.GetValue<string>() : null;
            all.Add(new StoredCommand(row.GetString(0), row.GetString(1), verb, mark, row.GetString(3)));
        }

        return all;
    }
}
