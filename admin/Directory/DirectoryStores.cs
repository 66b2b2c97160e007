using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Plans;
using HealthEquity.Imports.Running;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Expressions;
using HealthEquity.Store.Lists;
using HealthEquity.Store.Partners;
using HealthEquity.Store.Presence;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Starter;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Translations;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Admin.Directory;

/// <summary>Registers the stores for both the console and the commands.</summary>
internal static class DirectoryStores
{
    /// <summary>
    /// Adds all stores and the import services. They require a <see cref="TimeProvider"/>, a <see cref="HealthEquity.Store.Databases.Database"/>,
    /// and a validation function. Stores are stateless, so they are singletons.
    /// </summary>
    public static void AddStores(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<EntryStore>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<ReviewStore>();
        services.AddSingleton<ApprovalUndo>();
        services.AddSingleton<TranslationStore>();
        services.AddSingleton<CheckRequests>();
        services.AddSingleton<VerificationStore>();
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<JobClock>();
        services.AddSingleton<OverdueSuspension>();
        services.AddSingleton<BulkChangeStore>();
        services.AddSingleton<IBulkAction, SuspendEntries>();
        services.AddSingleton<IBulkAction, ResumeEntries>();
        services.AddSingleton<IBulkAction, SuspendOverdueEntries>();
        services.AddSingleton<IBulkAction, EditEntries>();
        services.AddSingleton<IBulkAction, TranslateEntries>();
        services.AddSingleton<IBulkAction, AssignEntries>();
        services.AddSingleton<IBulkAction, SubmitEntries>();
        services.AddSingleton<IBulkAction, ApproveEntries>();
        services.AddSingleton<IBulkAction, UndoImport>();
        services.AddSingleton<PendingChecks>();
        services.AddSingleton<CallStore>();
        services.AddSingleton<CallQueue>();
        services.AddSingleton<CallForecast>();
        services.AddSingleton<IBulkAction, SpreadDueDates>();
        services.AddSingleton<DuplicateStore>();
        services.AddSingleton<MergeProposals>();
        services.AddSingleton<MergeStore>();
        services.AddSingleton<SuggestionStore>();
        services.AddSingleton<TagRetirement>();
        services.AddSingleton<StarterRelease>();
        services.AddSingleton<VocabularyStore>();
        services.AddSingleton<SearchExpressionStore>();
        services.AddSingleton<VocabularyEditor>();
        services.AddSingleton<SettingStore>();
        services.AddSingleton<SiteSettingStore>();
        services.AddSingleton<LogoStore>();
        services.AddSingleton<CuratorStore>();
        services.AddSingleton<ApiClientStore>();
        services.AddSingleton<CuratedListStore>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<CommentStore>();
        services.AddSingleton<PresenceStore>();

        services.AddSingleton<SavedMappings>();
        services.AddSingleton<ImportConflicts>();
        services.AddSingleton<ImportPlanner>();
        services.AddSingleton<ImportApplier>();
        services.AddSingleton<ImportPublisher>();
        services.AddSingleton<ImportUndo>();
        services.AddSingleton<Importer>();
    }
}
