using FluentValidation.Results;
using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Running;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Lists;
using HealthEquity.Store.Presence;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Store;

/// <summary>The product's own stores, within reach of a test; in the product, each class asks for those that it uses.</summary>
public sealed class TestStores(IServiceProvider services)
{
    /// <summary>The stores on a test's database, by its clock and its rules.</summary>
    public TestStores(Database database, TimeProvider clock, Func<Entry, ValidationResult> validate)
        : this(Build(database, clock, validate))
    {
    }

    public AuditLog Audit => Get<AuditLog>();

    public EntryStore Entries => Get<EntryStore>();

    public Publisher Publisher => Get<Publisher>();

    public ReviewStore Reviews => Get<ReviewStore>();

    public ApprovalUndo Approvals => Get<ApprovalUndo>();

    public SettingStore Settings => Get<SettingStore>();

    public VerificationStore Verifications => Get<VerificationStore>();

    public OverdueSuspension Suspension => Get<OverdueSuspension>();

    public CallStore Calls => Get<CallStore>();

    public CallQueue Queue => Get<CallQueue>();

    public CallForecast Forecast => Get<CallForecast>();

    public BulkChangeStore BulkChanges => Get<BulkChangeStore>();

    /// <summary>The clock of the database's server: the test's clock, unless the test moves it.</summary>
    public ServerClock ServerClock => (ServerClock)Get<DatabaseClock>();

    public CheckRequests Checks => Get<CheckRequests>();

    public DuplicateStore Duplicates => Get<DuplicateStore>();

    public MergeStore Merges => Get<MergeStore>();

    public SuggestionStore Suggestions => Get<SuggestionStore>();

    public VocabularyStore Vocabularies => Get<VocabularyStore>();

    public CommentStore Comments => Get<CommentStore>();

    public PresenceStore Presence => Get<PresenceStore>();

    public CuratedListStore Lists => Get<CuratedListStore>();

    public SavedMappings Mappings => Get<SavedMappings>();

    public Importer Importer => Get<Importer>();

    public ImportConflicts Conflicts => Get<ImportConflicts>();

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private static ServiceProvider Build(Database database, TimeProvider clock, Func<Entry, ValidationResult> validate)
    {
        var services = new ServiceCollection().AddSingleton(clock).AddSingleton(database).AddSingleton(validate);
        services.AddStores();
        services.AddSingleton<DatabaseClock>(new ServerClock(clock));
        return services.BuildServiceProvider();
    }
}

/// <summary>The clock of the database's server, which a test can set wrong.</summary>
public sealed class ServerClock(TimeProvider clock) : DatabaseClock
{
    /// <summary>How much it is ahead of the process.</summary>
    public TimeSpan Ahead { get; set; }

    public override Task<DateTimeOffset> NowAsync(DbSession session, CancellationToken cancellation) => Task.FromResult(clock.GetUtcNow() + Ahead);
}
