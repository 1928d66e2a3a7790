using Moovolt.Domain;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Handshakes;

/// <summary>What the doorkeeper says to one handshake.</summary>
internal abstract record Admission
{
    /// <param name="Id">Who it is, proven as far as its profile goes.</param>
    /// <param name="CredentialVersion">The credential that it used; 0 for none.</param>
    /// <param name="Subprotocol">What both speak; null: the upgrade is completed only to be closed with 1002.</param>
    public sealed record Admitted(ChargePointId Id, int CredentialVersion, Subprotocol? Subprotocol) : Admission
    {
        /// <summary>How it came: 0 to 3.</summary>
        public int SecurityProfile { get; init; }

        /// <summary>Whom its certificate names; null when it came without one.</summary>
        public string? CertificateName { get; init; }

        /// <summary>Since when its certificate is over: it is let in to get another one. Null for all others.</summary>
        public DateTimeOffset? CertificateExpiredAt { get; init; }

        /// <summary>Whether it has never come with so high a profile: then it must not come with a lower one again.</summary>
        public bool Raises { get; init; }

        /// <summary>How it is heard, by what is known of it before it says a word.</summary>
        public Manner Manner { get; init; } = Manner.Usual;

        /// <summary>The rotation that its password came from; null when an operator gave it, or it has none.</summary>
        public string? Rotation { get; init; }
    }

    /// <param name="Status">The HTTP status.</param>
    /// <param name="Code">Stable and kebab-case: the true reason, for the operators' list.</param>
    /// <param name="Reason">The true reason in words, for the same list.</param>
    /// <param name="Said">What the peer is told, when that is less.</param>
    /// <param name="RetryAfter">Seconds after which another try makes sense.</param>
    public sealed record Refused(int Status, string Code, string Reason, string? Said = null, int? RetryAfter = null) : Admission
    {
        /// <summary>One answer for all that concerns credentials, so that it tells nothing to who guesses.</summary>
        public static Refused Unauthorized(string code, string reason) =>
            new(401, code, reason, "This charger is not known here, or its user name or password is wrong.");
    }
}
