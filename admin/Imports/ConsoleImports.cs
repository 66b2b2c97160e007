namespace HealthEquity.Admin.Imports;

/// <summary>Registers the services for the import pages.</summary>
internal static class ConsoleImports
{
    public static void AddConsoleImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportLimits>();
        services.AddSingleton<ImportIntake>();
        services.AddSingleton<ImportRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<ImportRunner>());
    }
}
