using FluentValidation.Results;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Directory;

/// <summary>Registers the services for the entry pages.</summary>
internal static class ConsoleEntries
{
    public static void AddConsoleEntries(this IServiceCollection services)
    {
        services.AddSingleton<DirectoryRules>();
        services.AddSingleton<PolicyDrafts>();
        services.AddSingleton<EntryExport>();
        services.AddSingleton<Func<Entry, ValidationResult>>(provider => provider.GetRequiredService<DirectoryRules>().Validate);
        services.AddSingleton<DirectoryHealth>();
        services.AddSingleton<EditorialDirectory>();
        services.AddHostedService<EntrySearchFeed>();
        services.AddHostedService<DailyJobs>();
    }
}
