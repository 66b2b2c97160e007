using System.Runtime.CompilerServices;

namespace HealthEquity.Tests;

/// <summary>Hosts and programs that a test starts live for seconds: they watch no settings files, and do not measure themselves to run faster later.</summary>
internal static class ShortLives
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        // For the programs: the tests themselves are told so when they are built.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
    }
}
