using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;

namespace Moovolt.EndToEnd.Inquiries;

/// <summary>Somebody outside whom a node asks: what it was asked, and what it answers, or that it answers nothing.</summary>
internal sealed class Provider : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _done = new();
    private readonly Task _serving;

    public Provider()
    {
        Url = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _serving = Serve();
    }

    public Uri Url { get; }

    /// <summary>The last body and Authorization header by path.</summary>
    public Dictionary<string, (byte[] Body, string? Authorization)> Asked { get; } = [];

    /// <summary>From the body to the answer, by path; a path that is not here is never answered.</summary>
    public Dictionary<string, Func<byte[], byte[]>> Answers { get; } = [];

    public static byte[] Json(object value) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value);

    public JsonNode AskedJson(string path) => JsonNode.Parse(Asked[path].Body)!;

    private async Task Serve()
    {
        while (!_done.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var path = context.Request.Url!.AbsolutePath.Trim('/');
            Asked[path] = (body.ToArray(), context.Request.Headers["Authorization"]);
            if (!Answers.TryGetValue(path, out var answer)) continue;
            await context.Response.OutputStream.WriteAsync(answer(body.ToArray()));
            context.Response.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        _listener.Close();
        await _serving;
        _done.Dispose();
    }
}
