namespace Moovolt.Faults.Crash;

/// <summary>F-02: the one on which singletons and shard coordinators run.</summary>
internal sealed class OldestKilled : OneKilled
{
    public override string Id => "F-02";

    public override string What => "kill -9 of the oldest of three, back after 20 s";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(40);

    protected override bool Oldest => true;
}
