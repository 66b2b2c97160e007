using HealthEquity.Imports;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Admin.Directory;

/// <summary>What the pages about entries are made of.</summary>
internal static class ConsoleEntries
{
    public static void AddConsoleEntries(this IServiceCollection services)
    {
        services.AddSingleton<DirectoryRules>();
        services.AddSingleton<EntryExport>();
        services.AddSingleton(provider => new EditorialStores(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<DirectoryRules>().Validate));
        services.AddSingleton<SuggestionStore>();
        services.AddSingleton<DirectoryHealth>();
        services.AddSingleton<EditorialDirectory>();
        services.AddHostedService<EntrySearchFeed>();
        services.AddHostedService<DailyJobs>();
    }
}
