using Moovolt.Domain;
using Moovolt.ReadModel.Projection;

namespace Moovolt.Api.Http;

/// <summary>
/// What was written must be what the next read finds, on any node: a change begins when the tables show all that is
/// stored of the thing, and is answered when they show the change too. When they lag for long, it is answered all the
/// same, for it has happened.
/// </summary>
internal sealed class Settling(Freshness freshness, ApiSettings settings)
{
    // The persistence ids are stored for ever, so they may be written down here.
    public Task<bool> Of(ChargePointId id, CancellationToken cancellation) => Shown($"charge-point/{id}", cancellation);

    public Task<bool> Of(TransactionId id, CancellationToken cancellation) => Shown($"transaction/{id}", cancellation);

    public Task<bool> Of(TokenId id, CancellationToken cancellation) => Shown($"token/{id}", cancellation);

    private Task<bool> Shown(string persistenceId, CancellationToken cancellation) =>
        freshness.WaitForAsync(persistenceId, settings.ProjectionPatience, cancellation);
}
