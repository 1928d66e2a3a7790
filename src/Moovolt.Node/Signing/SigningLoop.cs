using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Moovolt.Cluster;
using Moovolt.Cluster.Oldest;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Certificates;
using Moovolt.ReadModel.ChargePoints;

namespace Moovolt.Node.Signing;

/// <summary>
/// Has what chargers ask to be signed signed, and sends it to them: one loop for all nodes, on the oldest member.
/// Another authority takes its place from outside, by the bridge: open requests are at
/// GET /charge-points/{id}/certificates, and commands/send-certificate does what this loop does.
/// </summary>
internal sealed class SigningLoop(
    CertificateTable table,
    ChargePointTable chargePoints,
    Entities entities,
    DevelopmentAuthority authority,
    TimeProvider time,
    ILogger<SigningLoop> log)
{
    /// <summary>Who asks, where an operator's name would be.</summary>
    private const string Asker = "moovolt";

    private const int AtOnce = 50;
    private const int Patience = 60; // seconds, for the charger's answer

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // What was done about a request shows in the table a moment later; what could not be done is tried again then.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(20);

    // A charger that asked and went away finds its certificate when it comes back.
    private static readonly TimeSpan MayWait = TimeSpan.FromDays(7);

    public Loop Loop => new("signing", RunAsync);

    private async Task RunAsync(CancellationToken cancellation)
    {
        var tried = new Dictionary<(string, string, DateTimeOffset), DateTimeOffset>();
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            var now = time.GetUtcNow();
            foreach (var old in tried.Where(entry => now - entry.Value >= Again).ToList()) tried.Remove(old.Key);
            foreach (var request in await table.UnsignedAsync(AtOnce, cancellation))
            {
                if (tried.TryAdd((request.ChargePoint.Value, request.CsrHash, request.ChangedAt), now))
                    await AnswerAsync(request, cancellation);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task AnswerAsync(CertificateRequestRow request, CancellationToken cancellation)
    {
        var signed = await SignAsync(request, cancellation);
        try
        {
            var reply = await entities.Ask(Command(request, signed), cancellation);
            if (reply is Reply.Refused refused)
                log.LogWarning("{ChargePoint} is sent no certificate: {Reason}", request.ChargePoint, refused.Reason);
            else if (signed.WhyNot is { } why)
                log.LogWarning("{ChargePoint} gets no certificate: {Reason}", request.ChargePoint, why);
            else
                log.LogInformation("{ChargePoint} is sent a certificate", request.ChargePoint);
        }
        catch (TimeoutException moving)
        {
            log.LogWarning("{ChargePoint} is sent no certificate yet: {Reason}", request.ChargePoint, moving.Message);
        }
    }

    private async Task<Signed> SignAsync(CertificateRequestRow request, CancellationToken cancellation)
    {
        if (await chargePoints.FindAsync(request.ChargePoint, cancellation) is not { Retired: false } row)
            return new Signed(null, "The charge point is out of service.");

        string[] names = row switch
        {
            { CertificateName: { } registered } => [registered],
            { SerialNumber: { Length: > 0 } serial } => [serial, row.Id],
            _ => [row.Id],
        };
        var signed = authority.Sign(request.ChargePoint, request.Csr, names, GoodFrom(request));
        if (signed.Chain is null || row.CertificateName is not null || !SigningRequest.TryRead(request.Csr, out var read, out _)) return signed;

        // What a charger says of its serial number, anybody can say: a certificate must not open another one's door. What
        // its operator registered is so.
        var name = read.CommonName ?? "";
        return await chargePoints.AnotherCalledAsync(name, request.ChargePoint, cancellation) is { } other
            ? new Signed(null, $"{other} is called \"{name}\" too (its serial number, or its identity).")
            : signed;
    }

    // The certificate that there is, as long as it is worth something: a request that is repeated gets no second one.
    private DateTimeOffset GoodFrom(CertificateRequestRow request) =>
        request.ChangedAt - request.At < authority.Validity / 2 ? request.At : request.ChangedAt;

    private Command Command(CertificateRequestRow request, Signed signed)
    {
        var now = time.GetUtcNow();
        return signed.Chain is { } chain
            ? new RequestStation(
                request.ChargePoint, IdOf(request), new SendCertificate(chain, request.CsrHash), Asker, Patience,
                now + MayWait, now)
            : new RefuseCertificate(request.ChargePoint, request.CsrHash, signed.WhyNot ?? "It is not signed.", now);
    }

    // A command's id as all have it, and the same for the same request: sent twice, it is one command.
    private static string IdOf(CertificateRequestRow request)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{request.ChargePoint}|{request.CsrHash}|{request.ChangedAt.UtcTicks}"))[..16];
        var whose = Encoding.UTF8.GetBytes(request.ChargePoint.Value);
        return $"{Convert.ToHexStringLower(seed)}-{Base64Url.EncodeToString(whose)}";
    }
}
