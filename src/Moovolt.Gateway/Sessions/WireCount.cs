namespace Moovolt.Gateway.Sessions;

/// <summary>What a peer sends more of than a charger has reason to.</summary>
internal enum Excess
{
    None,

    /// <summary>One frame in more parts than <see cref="GatewaySettings.FrameParts"/>.</summary>
    Parts,

    /// <summary>More that says nothing (pings, pongs, empty messages) than <see cref="GatewaySettings.PingsPerSecond"/>.</summary>
    Pings,
}

/// <summary>
/// Reads along what comes over one WebSocket (RFC 6455, 5.2) and counts what the WebSocket deals with by itself, as fast
/// as a peer sends it, and shows to nobody. Payloads are passed over; what is no WebSocket is left to the WebSocket to say.
/// </summary>
internal sealed class WireCount(GatewaySettings settings, TimeProvider time)
{
    private const int Final = 0x80;
    private const int Control = 0x08;
    private const int Masked = 0x80;

    private int at; // which byte of a header comes next
    private int first;
    private int extension; // bytes of the length that follow
    private int mask; // and of the mask
    private ulong payload;
    private int parts;
    private double pings = settings.PingsBurst;
    private long pingsAt = time.GetTimestamp();

    /// <summary>Takes in what was read, in any pieces.</summary>
    /// <returns>What there is too much of, as soon as there is; the rest is not looked at then.</returns>
    public Excess Count(ReadOnlySpan<byte> read)
    {
        while (!read.IsEmpty)
        {
            if (payload > 0 && at == 0)
            {
                var passed = (int)Math.Min(payload, (ulong)read.Length);
                payload -= (ulong)passed;
                read = read[passed..];
                continue;
            }

            if (IsHeaderWhole(read[0]) && Judge() is not Excess.None and var excess) return excess;
            read = read[1..];
        }

        return Excess.None;
    }

    private bool IsHeaderWhole(byte next)
    {
        switch (at++)
        {
            case 0:
                first = next;
                return false;
            case 1:
                var length = next & ~Masked;
                extension = length switch { 126 => 2, 127 => 8, _ => 0 };
                mask = (next & Masked) == 0 ? 0 : 4;
                payload = extension == 0 ? (ulong)length : 0;
                break;
            default:
                if (extension > 0)
                {
                    extension--;
                    payload = (payload << 8) | next;
                }
                else
                {
                    mask--;
                }

                break;
        }

        if (extension > 0 || mask > 0) return false;
        at = 0;
        return true;
    }

    private Excess Judge()
    {
        var opcode = first & 0x0F;
        var saysNothing = (opcode & Control) != 0 || (payload == 0 && opcode != 0 && (first & Final) != 0);
        if (!saysNothing)
        {
            parts = opcode == 0 ? parts + 1 : 1;
            return parts > settings.FrameParts ? Excess.Parts : Excess.None;
        }

        var now = time.GetTimestamp();
        pings = Math.Min(
            settings.PingsBurst, pings + (time.GetElapsedTime(pingsAt, now).TotalSeconds * settings.PingsPerSecond)) - 1;
        pingsAt = now;
        return pings < 0 ? Excess.Pings : Excess.None;
    }
}
