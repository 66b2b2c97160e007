using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Store.Starter;

/// <summary>What <see cref="DirectorySetup"/> did.</summary>
/// <param name="Migrations">The scripts that were run.</param>
/// <param name="Terms">Vocabulary terms that were added.</param>
/// <param name="Entries">Entries that were loaded and published.</param>
public sealed record SetupReport(IReadOnlyList<string> Migrations, int Terms, int Entries);

/// <summary>Makes a database ready for work: schema, vocabularies, and, when it is empty, the starter directory.</summary>
public static class DirectorySetup
{
    private const string SampleTag = "sample";

    /// <summary>The starter directory's own name in revisions and in the audit log.</summary>
    public static Actor Actor { get; } = Actor.System("starter");

    /// <summary>Does what is still to be done, and nothing twice: two programs may start at the same time.</summary>
    /// <param name="database">The database, with editorial access and the right to change the schema.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="withStarter">Whether an empty directory gets the starter entries.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<SetupReport> PrepareAsync(Database database, TimeProvider clock, bool withStarter, CancellationToken cancellation)
    {
        var migrations = new Migrator(database).Migrate();
        return await database.TransactAsync(
            async session =>
            {
                var terms = await new VocabularyStore(clock).AddShippedAsync(session, cancellation);
                var empty = withStarter && await EntryStore.CountAsync(session, cancellation) == 0;
                var entries = empty ? await LoadAsync(session, clock, cancellation) : 0;
                return new SetupReport(migrations, terms, entries);
            },
            cancellation);
    }

    private static async Task<int> LoadAsync(DbSession session, TimeProvider clock, CancellationToken cancellation)
    {
        var audit = new AuditLog(clock);
        var entries = new EntryStore(clock, audit);
        var publisher = new Publisher(clock, audit);
        var verifications = new VerificationStore(clock, publisher, new CheckRequests(clock, publisher, audit), audit);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var count = 0;
        foreach (var starter in StarterDirectory.Read())
        {
            var id = await entries.CreateAsync(session, starter.Entry, Actor, "Starter directory.", starter.Slug, cancellation);
            await publisher.PublishAsync(session, id, 1, "publish", Actor, reason: null, cancellation);
            if (starter.Entry.Tags.Contains(SampleTag))
            {
                await verifications.RecordAsync(session, SampleCheck(id, today.AddDays(-(count * 7 % 100))), Actor, cancellation);
            }

            count++;
        }

        return count;
    }

    /// <summary>
    /// Samples have checks of different ages, so that freshness can be seen at work. The real entries have none: nobody has called them,
    /// and the directory says so.
    /// </summary>
    private static VerificationRecord SampleCheck(Guid id, DateOnly day) => new()
    {
        EntryId = id,
        Revision = 1,
        Method = "phoneCall",
        Outcome = VerificationRecord.Confirmed,
        CheckedOn = day,
        Note = "A sample check: nobody was called.",
    };
}
