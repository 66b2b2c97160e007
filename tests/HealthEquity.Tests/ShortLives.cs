using System.Runtime.CompilerServices;

namespace HealthEquity.Tests;

/// <summary>Hosts and programs that tests start run for seconds, so they watch no settings files and skip profile-guided optimization.</summary>
internal static class ShortLives
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        // For the programs. The project file sets it for the tests themselves.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
    }
}
