using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Moovolt.Simulator;

/// <summary>
/// Makes a fleet known to the server before it dials: its charge points with their password, and its tokens.
/// </summary>
internal sealed class Registration : IDisposable
{
    private const int AtOnce = 8;
    private readonly HttpClient http;

    public Registration(Uri server, string operatorKey)
    {
        http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey);
    }

    /// <returns>What went wrong first, in a sentence; null when all are known.</returns>
    public async Task<string?> Register(FleetPlan plan, CancellationToken cancellation)
    {
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(1, plan.Chargers),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (number, stop) =>
                {
                    await Put($"charge-points/{Uri.EscapeDataString(plan.Identity(number))}", ChargePoint(plan), stop);
                    await Put($"tokens/{Uri.EscapeDataString(FleetPlan.IdTag(number))}",
                        new { status = "accepted" }, stop);
                });
            return null;
        }
        catch (HttpRequestException refused)
        {
            return refused.Message;
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{http.BaseAddress} did not answer within {http.Timeout.TotalSeconds:0} s.";
        }
    }

    public void Dispose() => http.Dispose();

    private static object ChargePoint(FleetPlan plan) => plan.Password is { } password
        ? new { securityProfile = 1, password }
        : new { securityProfile = 0 };

    private async Task Put(string path, object body, CancellationToken cancellation)
    {
        using var response = await http.PutAsJsonAsync($"/api/v1/{path}", body, cancellation);
        if (response.IsSuccessStatusCode) return;
        var detail = await response.Content.ReadAsStringAsync(cancellation);
        throw new HttpRequestException(
            $"The server refused PUT /api/v1/{path} with {(int)response.StatusCode}: {detail}");
    }
}
