using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Moovolt.ReadModel.Tests;

/// <summary>A log that remembers.</summary>
public sealed class Lines<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public int Count(LogLevel level) => lines.Count(line => line.Level == level);

    public bool Has(string text) => lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal));

    public override string ToString() => string.Join('\n', lines.Select(line => $"{line.Level}: {line.Text}"));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, formatter(state, exception)));
}
