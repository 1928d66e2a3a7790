using Moovolt.Domain.ChargePoints;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Has what chargers ask answered outside, for all sessions of a gateway: within a time, and no more at once than the
/// node can do with.
/// </summary>
internal sealed class Inquirer(IInquiries inquiries, TimeProvider time)
{
    /// <summary>How many questions may be under way; one more is answered that nothing was found.</summary>
    private const int MostAtOnce = 200;

    private int underWay;

    /// <summary>An answer in any case, within the patience of who answers.</summary>
    public async Task<Finding> AskAsync(Inquiry inquiry)
    {
        try
        {
            if (Interlocked.Increment(ref underWay) > MostAtOnce)
                return new NothingFound("moovolt", "Busy", "Too many such questions are under way.");
            using var patience = new CancellationTokenSource(inquiries.Patience, time);
            return await inquiries.AnswerAsync(inquiry, patience.Token).WaitAsync(inquiries.Patience, time);
        }
        catch (Exception late) when (late is OperationCanceledException or TimeoutException)
        {
            return new NothingFound("moovolt", "NoAnswer", "Whoever knows did not answer in time.");
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
