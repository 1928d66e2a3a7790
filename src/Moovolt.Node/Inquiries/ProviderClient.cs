using System.Net.Http.Headers;

namespace Moovolt.Node.Inquiries;

/// <summary>Asks a provider over HTTP: one POST, no redirects, an answer of bounded length, and no second try.</summary>
internal sealed class ProviderClient(Provider provider) : IDisposable
{
    private const int LongestAnswer = 262_144; // octets

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        MaxResponseContentBufferSize = LongestAnswer,
        Timeout = Timeout.InfiniteTimeSpan, // who asks has a patience
    };

    /// <summary>What operators are told of who answered.</summary>
    public string Name => provider.Url.Host;

    /// <summary>The body of the answer, or why there is none, in a sentence.</summary>
    public async Task<(byte[]? Body, string? WhyNot)> PostAsync(
        byte[] body, string mediaType, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (provider.Authorization is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadAsByteArrayAsync(cancellation), null)
                : (null, $"{Name} answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException failure)
        {
            return (null, $"{Name} could not be asked: {failure.HttpRequestError}.");
        }
    }

    public void Dispose() => client.Dispose();
}
