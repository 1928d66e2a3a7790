using System.Security.Cryptography;
using Moovolt.Api.Http;

namespace Moovolt.Api.Commands;

/// <summary>What commands have in common that have a charger fetch or upload a file.</summary>
internal static class FileJob
{
    private const int LongestLocation = 512;
    private const int MostTries = 100;
    private const int LongestPause = 24 * 3600;

    /// <summary>
    /// A number for the charger to name in its reports: OCPP wants an integer, and it need only differ from the last
    /// ones.
    /// </summary>
    public static int NewNumber() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public static Problem? Wrong(string location, int? retries, int? retryIntervalSeconds)
    {
        if (location.Length > LongestLocation || !Uri.TryCreate(location, UriKind.Absolute, out _))
            return Problem.Wrong(
                $"'location' is an absolute URI of at most {LongestLocation} characters, such as https://host/path.");
        if (retries is < 0 or > MostTries) return Problem.Wrong($"'retries' is 0 to {MostTries}.");
        return retryIntervalSeconds is < 0 or > LongestPause
            ? Problem.Wrong($"'retryIntervalSeconds' is 0 to {LongestPause}.")
            : null;
    }
}
