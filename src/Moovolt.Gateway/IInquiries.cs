using Moovolt.Domain.ChargePoints;

namespace Moovolt.Gateway;

/// <summary>
/// Who answers what chargers ask and Moovolt does not know by itself: issuers of contracts, responders for the status of
/// certificates, registers of companies. The node says who that is.
/// </summary>
public interface IInquiries
{
    /// <summary>How long a charger waits for an answer, at most.</summary>
    TimeSpan Patience { get; }

    /// <summary>Answers, whatever happens outside: what fails there is a <see cref="NothingFound"/>.</summary>
    /// <param name="cancellation">Nobody waits any more.</param>
    Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation);
}

/// <summary>A node where nobody was set to answer.</summary>
public sealed class NobodyAnswers : IInquiries
{
    public TimeSpan Patience => TimeSpan.FromSeconds(1);

    public Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation) =>
        Task.FromResult<Finding>(new NothingFound("nobody", "NotEnabled", "Nobody is set to answer that here."));
}
