using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Store.Starter;

/// <summary>What <see cref="DirectorySetup"/> did.</summary>
/// <param name="Migrations">The migration scripts that ran.</param>
/// <param name="Terms">The number of vocabulary terms added.</param>
/// <param name="Entries">The number of starter entries loaded and published.</param>
public sealed record SetupReport(IReadOnlyList<string> Migrations, int Terms, int Entries);

/// <summary>Prepares a database: schema, vocabularies and, if it is empty, the starter directory.</summary>
public static class DirectorySetup
{
    private const string SampleTag = "sample";

    /// <summary>The actor of the starter directory in revisions and in the audit log.</summary>
    public static Actor Actor { get; } = Actor.System("starter");

    /// <summary>Performs the missing steps only. Safe if two programs start at the same time.</summary>
    /// <param name="database">The database, with editorial access and permission to change the schema.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="starter">The entries to load into an empty directory.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<SetupReport> PrepareAsync(Database database, TimeProvider clock, StarterContent starter, CancellationToken cancellation)
    {
        WritePatience.ForStart();
        var migrations = new Migrator(database).Migrate();
        return await database.TransactAsync(
            async session =>
            {
                var terms = await new VocabularyStore(clock).AddShippedAsync(session, cancellation);
                var empty = starter != StarterContent.None && await EntryStore.CountAsync(session, cancellation) == 0;
                var entries = empty ? await LoadAsync(session, clock, starter, cancellation) : 0;
                return new SetupReport(migrations, terms, entries);
            },
            cancellation);
    }

    /// <summary>
    /// Prepares an embedded database, and only checks a server's: there, migrations run by command, and the services have no right to
    /// change the schema.
    /// </summary>
    /// <exception cref="InvalidDataException">The server's schema is older or newer than this version can work with; the message names it.</exception>
    public static async Task<SetupReport> StartAsync(Database database, TimeProvider clock, StarterContent starter, CancellationToken cancellation)
    {
        if (database.FilePath is { } file)
        {
            PrivateFile.Tighten(file);
            RestoreCopy.Sweep(file);
            ThrowUnlessKnown(database);
            return await PrepareAsync(database, clock, starter, cancellation);
        }

        ThrowUnlessFit(database);
        return new SetupReport([], Terms: 0, Entries: 0);
    }

    /// <summary>Refuses a schema that this version can't work with.</summary>
    /// <exception cref="InvalidDataException">It is older or newer; the message names it.</exception>
    public static void ThrowUnlessFit(Database database)
    {
        if (new Migrator(database).Fit().Fault is { } fault)
        {
            throw new InvalidDataException(fault);
        }
    }

    /// <summary>An embedded schema that is older is brought up to date next; one that is too new must stay as it is.</summary>
    private static void ThrowUnlessKnown(Database database)
    {
        if (File.Exists(database.FilePath) && new Migrator(database) is var migrator && migrator.Pending().Count == 0)
        {
            ThrowUnlessFit(database);
        }
    }

    private static async Task<int> LoadAsync(DbSession session, TimeProvider clock, StarterContent content, CancellationToken cancellation)
    {
        var audit = new AuditLog(clock);
        var entries = new EntryStore(clock, audit);
        var publisher = new Publisher(clock, audit);
        var verifications = new VerificationStore(clock, publisher, new CheckRequests(clock, publisher, audit), audit);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var count = 0;
        var created = new List<(Guid Id, StarterEntry Starter)>();
        foreach (var starter in StarterDirectory.Read().Where(s => content == StarterContent.Samples || !s.Entry.Tags.Contains(SampleTag)))
        {
            var id = await entries.CreateAsync(session, starter.Entry, Actor, "Starter directory.", starter.Slug, cancellation);
            created.Add((id, starter));
            await publisher.PublishAsync(session, id, 1, "publish", Actor, reason: null, cancellation);
            if (starter.Entry.Tags.Contains(SampleTag))
            {
                await verifications.RecordAsync(session, SampleCheck(id, today.AddDays(-(count * 7 % 100))), Actor, cancellation);
            }

            count++;
        }

        await StarterRelease.RememberAsync(session, created, clock.GetUtcNow(), cancellation);
        return count;
    }

    /// <summary>
    /// Sample entries get verifications of different ages, to demonstrate freshness. Real entries get none: nobody has called them, and the
    /// directory says so.
    /// </summary>
    private static VerificationRecord SampleCheck(Guid id, DateOnly day) => new()
    {
        EntryId = id,
        Revision = 1,
        Method = "phoneCall",
        Outcome = VerificationRecord.Confirmed,
        CheckedOn = day,
        Note = "A sample verification. No one was called.",
    };
}
