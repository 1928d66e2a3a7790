using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Moovolt.Gateway.Listeners;

/// <summary>Where a connection came in, and so at which security profile: one listener is one kind of proof.</summary>
/// <param name="Name">The listener's; "urls" for MOOVOLT_URLS.</param>
/// <param name="Profiles">Which profiles are let in.</param>
/// <param name="ByPassword">The profile of who proves itself by a password here.</param>
/// <param name="TakesCertificates">Whether a client's certificate is asked for.</param>
/// <param name="Operators">Whether the API is served here.</param>
internal sealed record ListenedAt(
    string Name, ImmutableArray<int> Profiles, int ByPassword, bool TakesCertificates, bool Operators)
{
    private const int WithCertificate = 3;

    public static ListenedAt Of(TlsListener listener) =>
        new(listener.Name, listener.Profiles, 2, listener.Profiles.Contains(WithCertificate), listener.Operators);

    public static ListenedAt Of(PlainListener listener) =>
        new(listener.Name, [listener.Profile], listener.Profile, TakesCertificates: false, Operators: false);

    /// <summary>What listens at MOOVOLT_URLS.</summary>
    public static ListenedAt Urls(AtUrls who) => new(
        "urls",
        who switch
        {
            AtUrls.Password => [0, 1],
            AtUrls.TlsInFront => [2],
            _ => [],
        },
        who == AtUrls.TlsInFront ? 2 : 1,
        TakesCertificates: false,
        Operators: true);

    /// <summary>Where this request came in; null at MOOVOLT_URLS.</summary>
    public static ListenedAt? Find(HttpContext context) => context.Features.Get<ListenedAt>();
}
