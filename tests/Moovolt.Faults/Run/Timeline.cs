using System.Globalization;
using System.Net;
using System.Text;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Run;

/// <summary>
/// Looks at the crowd twice a second, and draws the run: replies a second, the chargers that are there, how long what
/// happened had to wait, and what was done when.
/// </summary>
internal sealed class Timeline : IAsyncDisposable
{
    private const int Width = 900;
    private const int Height = 260;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly List<(DateTimeOffset At, long Acknowledged, int Connected)> _seen = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _looking;

    public Timeline(Crowd crowd) => _looking = Look(crowd);

    /// <summary>Writes the picture, an SVG of some kilobytes.</summary>
    public async Task Draw(string file, Fault fault, Scene scene, Evidence evidence)
    {
        await _end.CancelAsync();
        await _looking;
        var begin = evidence.Struck - TimeSpan.FromSeconds(15);
        var rates = _seen.Zip(_seen.Skip(1), Rate).Where(each => each.At >= begin).ToList();
        var seconds = (rates[^1].At - begin).TotalSeconds;
        double X(DateTimeOffset at) => 40 + (Width - 50) * (at - begin).TotalSeconds / seconds;
        static double Y(double share) => Height - 20 - (Height - 60) * Math.Clamp(share, 0, 1);

        var most = Math.Max(1, rates.Max(each => each.Rate));
        var crowd = Math.Max(1, rates.Max(each => each.Connected));
        var waits = evidence.Ledger.Acknowledged
            .Where(message => message.Waited > TimeSpan.FromSeconds(1) && message.Happened >= begin)
            .GroupBy(message => (long)((message.Happened - begin) / Step))
            .Select(group => group.MaxBy(message => message.Waited)!) // a group has somebody in it
            .ToList();
        var longest = Math.Max(1, waits.Select(wait => wait.Waited.TotalSeconds).DefaultIfEmpty().Max());

        var svg = new StringBuilder();
        void Add(FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        void Upright(double x, double from, double to, string stroke) =>
            Add($"<line x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{from:0.0}\" y2=\"{to:0.0}\" {stroke}/>");
        void Line(string color, IEnumerable<(double X, double Y)> points) =>
            Add($"<polyline fill=\"none\" stroke=\"{color}\" points=\"{Points(points)}\"/>");
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\" font-size=\"11\" ");
        Add($"viewBox=\"0 0 {Width} {Height}\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Add($"<text x=\"40\" y=\"14\" font-weight=\"bold\">{WebUtility.HtmlEncode($"{fault.Name}: {fault.What}")}</text>");
        Add($"<text x=\"40\" y=\"28\" fill=\"#06c\">replies/s, at most {most:0}</text>");
        Add($"<text x=\"180\" y=\"28\" fill=\"#393\">chargers, at most {crowd}</text>");
        Add($"<text x=\"320\" y=\"28\" fill=\"#c30\">waited, at most {longest:0.0} s</text>");
        Line("#393", rates.Select(each => (X(each.At), Y((double)each.Connected / crowd))));
        Line("#06c", rates.Select(each => (X(each.At), Y(each.Rate / most))));
        foreach (var wait in waits)
            Upright(X(wait.Happened), Y(0), Y(wait.Waited.TotalSeconds / longest), "stroke=\"#c30\" stroke-opacity=\"0.6\"");
        var row = 0;
        foreach (var (at, what) in scene.Marks)
        {
            Upright(X(at), 36, Y(0), "stroke=\"#888\" stroke-dasharray=\"3\"");
            var y = 44 + 12 * (row++ % 5);
            Add($"<text x=\"{X(at) + 2:0.0}\" y=\"{y}\" fill=\"#555\">{WebUtility.HtmlEncode(what)}</text>");
        }

        for (var second = 0; second < seconds; second += 10)
            Add($"<text x=\"{X(begin.AddSeconds(second)):0.0}\" y=\"{Height - 6}\" fill=\"#888\">{second - 15} s</text>");
        svg.AppendLine("</svg>");
        await File.WriteAllTextAsync(file, svg.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _looking;
        _end.Dispose();
    }

    private static (DateTimeOffset At, double Rate, int Connected) Rate(
        (DateTimeOffset At, long Acknowledged, int Connected) one,
        (DateTimeOffset At, long Acknowledged, int Connected) next) =>
        (next.At, (next.Acknowledged - one.Acknowledged) / (next.At - one.At).TotalSeconds, next.Connected);

    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.X:0.0},{point.Y:0.0}")));

    private async Task Look(Crowd crowd)
    {
        try
        {
            for (; ; await Task.Delay(Step, _end.Token))
                _seen.Add((DateTimeOffset.UtcNow, crowd.Acknowledged, crowd.Connected));
        }
        catch (OperationCanceledException)
        {
            // The picture is drawn, or nobody wants one.
        }
    }
}
