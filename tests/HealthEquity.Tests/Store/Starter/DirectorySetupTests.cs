using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;
using HealthEquity.Store.Vocabularies;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Store.Starter;

public sealed class DirectorySetupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_empty_database_is_filled_once(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        var first = await DirectorySetup.PrepareAsync(office.Database, office.Clock, withStarter: true, Cancellation);
        var second = await DirectorySetup.PrepareAsync(office.Database, office.Clock, withStarter: true, Cancellation);

        Assert.Equal(StarterDirectory.Read().Count(), first.Entries);
        Assert.Equal(VocabularySet.Shipped.All.Sum(v => v.Terms.Count), first.Terms);
        Assert.Equal((0, 0, 0), (second.Migrations.Count, second.Terms, second.Entries));
        var feed = await office.FeedAsync();
        Assert.Equal(first.Entries, feed.Count);
        Assert.Contains(feed, p => p.AssuredOn is not null);
        Assert.Null(await office.DoAsync(s => AuditLog.FindBreakAsync(s, Cancellation)));
        var vocabularies = await office.DoAsync(s => VocabularyStore.ReadAsync(s, Cancellation));
        Assert.Equal(VocabularySet.Shipped.All.Select(v => v.Name), vocabularies.All.Select(v => v.Name));
    }

    [Fact]
    public async Task Two_programs_starting_on_a_new_file_create_one_directory()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("healthequity-test-");
        var database = Database.Create($"Data Source={Path.Combine(folder.FullName, "new", "directory.db")}");
        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            Task.Run(() => DirectorySetup.PrepareAsync(database, TimeProvider.System, withStarter: true, Cancellation), Cancellation)));

        Assert.Single(reports, r => r.Entries > 0);
        Assert.Single(reports, r => r.Migrations.Count > 0);
    }

    [Fact]
    public async Task Without_starter_content_a_directory_gets_only_the_vocabularies()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        var report = await DirectorySetup.PrepareAsync(office.Database, office.Clock, withStarter: false, Cancellation);
        Assert.Equal(0, report.Entries);
        Assert.True(report.Terms > 300);
        Assert.Empty(await office.FeedAsync());
    }
}
