using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Starter;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Benchmarks;

/// <summary>
/// An embedded database with an administrator who can sign in, the starter directory and generated entries: most are public, some are drafts,
/// in review or suspended.
/// </summary>
internal sealed class GeneratedOffice : IDisposable
{
    public const string UserName = "benchmark";
    public const string Password = "seven otters knit quietly";
    public const string AuthenticatorKey = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private const int BatchSize = 1_000;

    private static readonly Actor Actor = Actor.System("benchmark");

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-bench-");

    private GeneratedOffice() => File = Path.Combine(_folder.FullName, "directory.db");

    public string File { get; }

    public Database Database => Database.Create($"Data Source={File}");

    public static async Task<GeneratedOffice> CreateAsync(GeneratedDirectory generated, int entries)
    {
        var office = new GeneratedOffice();
        var database = office.Database;
        await DirectorySetup.PrepareAsync(database, TimeProvider.System, StarterContent.Samples, CancellationToken.None);
        var curator = await AddCuratorAsync(database);
        var store = new EntryStore(TimeProvider.System, new AuditLog(TimeProvider.System));
        for (var made = 0; made < entries; made += BatchSize)
        {
            var batch = Enumerable.Range(made, Math.Min(BatchSize, entries - made)).Select(n =>
            {
                var entry = generated.Entry();
                return new NewEntry(entry, $"{Slug.From(entry.Name)}-{n}");
            });
            await database.TransactAsync(s => store.CreateAsync(s, [.. batch], Actor, "Generated.", CancellationToken.None), CancellationToken.None);
        }

        office.SpreadOverStates(curator);
        return office;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static async Task<Guid> AddCuratorAsync(Database database)
    {
        var curator = new Curator
        {
            CuratorId = Guid.CreateVersion7(),
            UserName = UserName,
            NormalizedUserName = CuratorStore.Normalize(UserName),
            DisplayName = "The benchmark",
            Role = CuratorRole.Administrator,
            SecurityStamp = CuratorStore.NewStamp(),
        };
        await database.TransactAsync(
            async session =>
            {
                await new CuratorStore(TimeProvider.System, new AuditLog(TimeProvider.System)).AddAsync(session, curator, Actor, CancellationToken.None);
                curator.PasswordHash = new PasswordHasher<Curator>().HashPassword(curator, Password);
                (curator.TwoFactorEnabled, curator.AuthenticatorKey) = (true, AuthenticatorKey);
                await CuratorStore.SaveAsync(session, curator, CancellationToken.None);
            },
            CancellationToken.None);
        return curator.CuratorId;
    }

    /// <summary>Spreads the entries over all states, as after years of work. Their public documents are not changed, because nothing here measures them.</summary>
    private void SpreadOverStates(Guid curator)
    {
        using var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            UPDATE Entry SET
              Listing = CASE WHEN rowid % 25 = 1 THEN 'suspended' WHEN rowid % 40 = 2 THEN 'unpublished' ELSE 'published' END,
              DraftState = CASE WHEN rowid % 30 = 3 OR rowid % 40 = 2 THEN 'draft' WHEN rowid % 200 = 4 THEN 'inReview' ELSE 'none' END,
              PublishedRevision = CASE WHEN rowid % 40 = 2 THEN NULL ELSE 1 END,
              AssignedTo = CASE WHEN rowid % 50 = 0 THEN $curator END,
              AssuredOn = CASE WHEN rowid % 7 > 0 THEN date('now', '-' || (rowid % 200) || ' days') END,
              CheckDueOn = CASE WHEN rowid % 40 <> 2 THEN date('now', '+' || (90 - rowid % 100) || ' days') END
            WHERE Slug GLOB '*-[0-9]*';
            -- Leaves the daily jobs nothing to do, because they are not measured.
            INSERT INTO DuplicateLook (EntryId, Revision) SELECT EntryId, LatestRevision FROM Entry;
            -- Reports from the public, failed calls, drafts in the queue, and views that people have saved.
            INSERT INTO Suggestion (SuggestionId, EntryId, Field, Message, ReceivedAt)
            SELECT '01900000-0000-7000-8000-' || printf('%012d', rowid), EntryId, CASE rowid % 3 WHEN 0 THEN 'phones[0].number' END,
              CASE rowid % 4 WHEN 0 THEN 'They asked for papers.' WHEN 1 THEN 'The number does not work any more.' WHEN 2 THEN 'Closed on Fridays.' ELSE 'Moved to another street.' END,
              strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || (rowid % 700) || ' hours')
            FROM Entry WHERE Listing = 'published' AND rowid % 100 = 7;
            INSERT INTO Verification (VerificationId, EntryId, Revision, Method, Outcome, CheckedOn, CheckedBy, RecordedAt)
            SELECT '01900000-0000-7000-9000-' || printf('%012d', rowid), EntryId, 1, 'phoneCall', CASE rowid % 5 WHEN 0 THEN 'unreachable' WHEN 1 THEN 'voicemail' ELSE 'confirmed' END,
              date('now', '-' || (rowid % 20) || ' days'), 'curator:' || $curator, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || (rowid % 480) || ' hours')
            FROM Entry WHERE Listing = 'published' AND rowid % 4 = 1;
            INSERT INTO Review (ReviewId, EntryId, Revision, Decision, DecidedBy, DecidedAt)
            SELECT '01900000-0000-7000-a000-' || printf('%012d', rowid), EntryId, LatestRevision, 'submit', 'system:benchmark', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || (rowid % 90) || ' hours')
            FROM Entry WHERE DraftState = 'inReview';
            INSERT INTO SavedView (ViewId, Slug, Name, Query, CuratorId, IsShared, CreatedAt)
            SELECT '01900000-0000-7000-b000-00000000000' || column1, 'view-' || column1, 'View ' || column1, column2, $curator, column1 % 2, '2026-01-01T00:00:00.000Z' FROM
            (VALUES (1, '?kind=provider&listing=published&where=cost%3Aempty'), (2, '?state=FL&where=languages%3Anot%3Aes'), (3, '?dueBefore=2027-01-01&sort=due'),
              (4, '?where=assured%3Abefore%3A2026-01-01&sort=assured'), (5, '?text=family&listing=published'));
            """;
        command.Parameters.AddWithValue("$curator", curator.ToString("D"));
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
