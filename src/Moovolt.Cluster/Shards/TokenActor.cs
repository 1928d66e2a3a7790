using Moovolt.Domain.Tokens;

namespace Moovolt.Cluster.Shards;

/// <summary>The single writer of one token's history.</summary>
internal sealed class TokenActor(string entityId, Neighbours neighbours, int snapshotEvery)
    : SnapshottingActor<Token, TokenCommand, TokenEvent>(
        Kinds.Token, entityId, Token.Initial, Token.Decide, Token.Apply, neighbours, snapshotEvery);
