using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using Microsoft.Extensions.Time.Testing;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>The stores on a test's own database, with a clock that the test controls and three curators.</summary>
public sealed class EditorialOffice : IAsyncDisposable
{
    public static readonly Actor Writer = Actor.Curator(Guid.Parse("01890000-0000-7000-8000-000000000001"));
    public static readonly Actor Reviewer = Actor.Curator(Guid.Parse("01890000-0000-7000-8000-000000000002"));
    public static readonly Actor Administrator = Actor.Curator(Guid.Parse("01890000-0000-7000-8000-000000000003"));

    private readonly TestDatabase _test;

    private EditorialOffice(TestDatabase test)
    {
        _test = test;
        Stores = new TestStores(test.Database, Clock, entry => entry.Name == Invalid
            ? new ValidationResult([new ValidationFailure("name", "Choose another name.")])
            : new ValidationResult());
    }

    /// <summary>A name that the validation of this office rejects.</summary>
    public const string Invalid = "Nobody";

    /// <summary>The answers to everything that a person must ask before confirming an entry.</summary>
    public const string AllAnswers =
        """{"phone":"confirmed","place":"confirmed","cost":"confirmed","languages":"confirmed","immigrationStatus":"confirmed","capacity":"confirmed"}""";

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Database Database => _test.Database;

    public TestStores Stores { get; }

    public EntryStore Entries => Stores.Entries;

    public Publisher Publisher => Stores.Publisher;

    public SettingStore Settings => Stores.Settings;

    public VerificationStore Verifications => Stores.Verifications;

    public ReviewStore Reviews => Stores.Reviews;

    public PublishedReader Published => new(Database.As(DatabaseAccess.Public));

    public static async Task<EditorialOffice> OpenAsync(Dialect dialect) => new(await TestDatabase.CreateAsync(dialect));

    public static Provider Provider(string name = "Clínica del Sol") => new() { Name = name };

    public Task<T> DoAsync<T>(Func<DbSession, Task<T>> work) => Database.TransactAsync(work, TestContext.Current.CancellationToken);

    public Task DoAsync(Func<DbSession, Task> work) => Database.TransactAsync(work, TestContext.Current.CancellationToken);

    public Task<Guid> CreateAsync(Entry entry) =>
        DoAsync(s => Entries.CreateAsync(s, entry, Writer, note: null, slug: null, TestContext.Current.CancellationToken));

    public async Task<Guid> PublishNewAsync(Entry entry)
    {
        var id = await CreateAsync(entry);
        await DoAsync(s => Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, TestContext.Current.CancellationToken));
        return id;
    }

    public Task<EntryRow> ReadAsync(Guid id) => DoAsync(s => EntryStore.ReadAsync(s, id, TestContext.Current.CancellationToken));

    public async Task<IReadOnlyList<PublishedEntry>> FeedAsync(long after = 0) =>
        await Published.ReadAfterAsync(after, 1000, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
