using Akka.Configuration;

namespace Moovolt.Cluster;

/// <summary>
/// What one message between nodes may weigh. Remoting drops a larger one without a word, so a charger's largest frame,
/// translated and wrapped, must fit with room to spare.
/// </summary>
public static class FrameSize
{
    /// <summary>The largest OCPP frame that is accepted, after inflation, in bytes.</summary>
    public const int LargestOcpp = 1024 * 1024;

    /// <exception cref="ConfigurationException">The setting is too small.</exception>
    internal static void Check(Config config)
    {
        const string key = "akka.remote.dot-netty.tcp.maximum-frame-size";
        var size = config.GetByteSize(key);
        if (size is null or < 4L * LargestOcpp)
        {
            throw new ConfigurationException(
                $"{key} is {size} bytes; it must be at least {4 * LargestOcpp}, four times the largest OCPP frame, " +
                "or large messages between nodes are lost without a word.");
        }
    }
}
