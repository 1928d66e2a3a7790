using System.Diagnostics;
using System.Text;

namespace Moovolt.Rig;

/// <summary>What processes have printed, in order of arrival.</summary>
public sealed class Output
{
    private readonly StringBuilder _text = new();

    /// <summary>Reads both streams of the process until they end.</summary>
    public void Follow(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public override string ToString()
    {
        lock (_text) return _text.ToString();
    }

    public void Add(string? line)
    {
        if (line is null) return;
        lock (_text) _text.AppendLine(line);
    }
}
