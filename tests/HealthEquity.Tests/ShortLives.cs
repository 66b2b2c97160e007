using System.Runtime.CompilerServices;

namespace HealthEquity.Tests;

/// <summary>Hosts and programs that tests start run for seconds, so they watch no settings files and compile no code twice.</summary>
internal static class ShortLives
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        // For the programs: nothing that pays off later only. Without these, they take a fifth more processor time.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "FFFFFF");
        Environment.SetEnvironmentVariable("DOTNET_gcServer", "0");
    }
}
