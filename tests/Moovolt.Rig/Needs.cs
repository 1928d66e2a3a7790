using Xunit;

namespace Moovolt.Rig;

/// <summary>
/// What a test needs of the machine. What is missing skips the test with a sentence; where CI=true everything is
/// required, and it fails with the line that installs it.
/// </summary>
public static class Needs
{
    public static bool Everything => Environment.GetEnvironmentVariable("CI") == "true";

    public static void NodeJs() =>
        The(OnPath("node") && OnPath("npm"), "node and npm", "apt-get install -y nodejs npm");

    public static void Bash() => The(OnPath("bash") && OnPath("curl"), "bash and curl", "apt-get install -y bash curl");

    public static void The(bool present, string what, string install)
    {
        if (present) return;
        if (Everything) throw new InvalidOperationException($"This test needs {what}: {install}");
        Skip.If(true, $"Skipped: it needs {what}, which this machine lacks ({install}).");
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
