namespace Moovolt.Node.Care;

/// <summary>
/// <c>moovolt health</c>: asks the node of this machine whether it lives, or may be sent chargers. For containers, whose
/// image has no other program that could ask.
/// </summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <param name="ready">Whether it is ready, not only alive.</param>
    /// <param name="settings">MOOVOLT_URLS says where it listens.</param>
    /// <param name="output">Gets the node's answer, or why there is none.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <returns>0 for yes, 1 for no and for no answer within 4 s.</returns>
    public static async Task<int> AskAsync(
        NodeSettings settings, bool ready, TextWriter output, CancellationToken cancellation)
    {
        var address = new UriBuilder(settings.Addresses[0]) { Path = ready ? "/healthz/ready" : "/healthz/live" };
        if (address.Host is "0.0.0.0" or "[::]" or "::" or "*" or "+") address.Host = "127.0.0.1";
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address.Uri, cancellation);
            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellation));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync($"{address.Uri} does not answer: {e.Message}");
            return 1;
        }
    }
}
