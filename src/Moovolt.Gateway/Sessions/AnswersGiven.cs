using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Which calls of a charger were answered with a CALLRESULT lately: from 2.1 on it may say that it could not use one
/// (CALLRESULTERROR; OCPP 2.1 part 4, 4.2.4), by the id alone. That is not answered, and nothing is done again: what was
/// stored has happened, and a charger that wants another answer calls again.
/// </summary>
internal sealed class AnswersGiven(Line line)
{
    /// <summary>Answers before these are as good as used. Room is taken when there is one to remember.</summary>
    private const int Remembered = 16;

    private const int LongestReason = 255; // of what a charger says

    private readonly List<(string Id, string Action)> last = new(0);

    /// <summary>Versions in which nobody can refuse a result remember none.</summary>
    public void Add(string id, string action)
    {
        if (!line.Who.Dialect.Framing.HasSend) return;
        if (last.Count == Remembered) last.RemoveAt(0);
        last.Add((id, action));
    }

    /// <summary>Null when no such call was answered lately. Of a repeated id the latest counts.</summary>
    public string? ActionOf(string id) => IndexOf(id) is >= 0 and var index ? last[index].Action : null;

    /// <summary>The charger could not use an answer. Each is refused once; what belongs to none is only counted.</summary>
    public void Hear(Frame.CallResultError refusal)
    {
        var index = IndexOf(refusal.Id);
        if (index < 0)
        {
            line.Gateway.Metrics.Unmatched();
            line.Deviated(RuleBook.UnmatchedAnswer, "A CALLRESULTERROR belongs to no answer of ours.");
            return;
        }

        var (_, action) = last[index];
        last.RemoveAt(index);
        line.Gateway.Metrics.ResultRefused(action, "in");
        var why = line.Unconfided($"{refusal.Code}: {refusal.Description}");
        line.Gateway.Witness.ResultRefused(line.Who.Id, action, why[..Math.Min(why.Length, LongestReason)]);
    }

    private int IndexOf(string id) => last.FindLastIndex(answer => answer.Id == id);
}
