using System.Runtime.Versioning;
using HealthEquity.Directory.Entries;
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
        var first = await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.Samples, Cancellation);
        var second = await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.Samples, Cancellation);

        Assert.Equal(StarterDirectory.Read().Count(), first.Entries);
        Assert.Equal(VocabularySet.Shipped.All.Sum(v => v.Terms.Count), first.Terms);
        Assert.Equal((0, 0, 0), (second.Migrations.Count, second.Terms, second.Entries));
        var feed = await office.FeedAsync();
        Assert.Equal(first.Entries, feed.Count);
        Assert.Contains(feed, p => p.AssuredOn is not null);
        Assert.Equal(new AuditCheck(null, 0), await office.DoAsync(s => AuditLog.CheckAsync(s, Cancellation)));
        var vocabularies = await office.DoAsync(s => VocabularyStore.ReadAsync(s, Cancellation));
        Assert.Equal(VocabularySet.Shipped.All.Select(v => v.Name), vocabularies.All.Select(v => v.Name));
    }

    /// <summary>A directory made by an older release has the words of that release; those that a curator chose are not ours to change.</summary>
    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Words_of_terms_follow_the_release_unless_a_curator_changed_them(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.None, Cancellation);
        var older = new Sql("test", "UPDATE Term SET Label = 'Older', Labels = '{\"es\":\"Anterior\"}' WHERE Vocabulary = 'accessibility' AND Code IN ('elevator', 'braille')");
        await office.DoAsync(s => s.ExecuteAsync(older, null, Cancellation));
        var own = new Term { Code = "braille", Label = "Dots to read", Definition = "Ours.", Labels = new Dictionary<string, string> { ["es"] = "Puntos" } };
        await office.DoAsync(s => new VocabularyEditor(office.Clock, new AuditLog(office.Clock)).RelabelAsync(s, "accessibility", own, Actor.System("test"), Cancellation));
        var before = await office.DoAsync(s => VocabularyStore.VersionAsync(s, Cancellation));

        var report = await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.None, Cancellation);

        var now = await office.DoAsync(s => VocabularyStore.ReadAsync(s, Cancellation));
        var elevator = now.Find("accessibility", "elevator")!;
        Assert.Equal("Elevator", elevator.Label);
        Assert.Equal(VocabularySet.Shipped.Find("accessibility", "elevator")!.Labels.OrderBy(l => l.Key, StringComparer.Ordinal), elevator.Labels.OrderBy(l => l.Key, StringComparer.Ordinal));
        var kept = now.Find("accessibility", "braille")!;
        Assert.Equal(("Dots to read", "Ours.", "Puntos", 1), (kept.Label, kept.Definition, kept.Labels["es"], kept.Labels.Count));
        Assert.Equal(0, report.Terms);
        // Nodes that are running read the vocabularies again.
        Assert.True(await office.DoAsync(s => VocabularyStore.VersionAsync(s, Cancellation)) > before);
    }

    [Fact]
    public async Task Two_programs_starting_on_a_new_file_create_one_directory()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("healthequity-test-");
        var database = Database.Create($"Data Source={Path.Combine(folder.FullName, "new", "directory.db")}");
        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            Task.Run(() => DirectorySetup.PrepareAsync(database, TimeProvider.System, StarterContent.Samples, Cancellation), Cancellation)));

        Assert.Single(reports, r => r.Entries > 0);
        Assert.Single(reports, r => r.Migrations.Count > 0);
    }

    [Fact]
    public async Task Invented_people_come_only_when_asked_for()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        var report = await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.Facts, Cancellation);
        Assert.Equal(StarterDirectory.Read().Count(s => !s.Entry.Tags.Contains("sample")), report.Entries);
        Assert.DoesNotContain(await office.FeedAsync(), p => p.Kind is EntryKind.Provider or EntryKind.Attorney);
    }

    [Theory]
    [InlineData(null, "", StarterContent.Samples)]
    [InlineData("true", "", StarterContent.Samples)]
    [InlineData("True", "Data Source=other.db", StarterContent.Facts)]
    [InlineData(null, "Server=sql.example.org;Database=Directory", StarterContent.Facts)]
    [InlineData("true", "Server=sql.example.org;Database=Directory", StarterContent.Facts)]
    [InlineData("samples", "Server=sql.example.org;Database=Directory", StarterContent.Samples)]
    [InlineData("false", "", StarterContent.None)]
    public void Samples_stay_off_every_database_that_somebody_named(string? setting, string connection, StarterContent expected) =>
        Assert.Equal(expected, StarterSetting.Read(setting, Database.Create(connection)));

    [Fact]
    public void An_unknown_setting_is_refused() =>
        Assert.Contains("true, false or samples", Assert.Throws<InvalidDataException>(() => StarterSetting.Read("yes", Database.Create(null))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Without_starter_content_a_directory_gets_only_the_vocabularies()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        var report = await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.None, Cancellation);
        Assert.Equal(0, report.Entries);
        Assert.True(report.Terms > 300);
        Assert.Empty(await office.FeedAsync());
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task Files_of_the_database_that_others_could_read_are_closed_to_them_at_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, the folder's permissions decide.");
        await using var test = await TestDatabase.CreatePreparedAsync();
        var file = test.Database.FilePath!;
        var folder = Path.GetDirectoryName(file)!;
        string[] ours = [file, $"{file}.before-restore-20260301-120000", Path.Combine(folder, "directory-2026-03-01.db")];
        var other = Path.Combine(folder, "notes.txt");
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        foreach (var name in ours.Append(other))
        {
            await File.AppendAllTextAsync(name, "", Cancellation);
            File.SetUnixFileMode(name, Open);
        }

        await DirectorySetup.StartAsync(test.Database, TimeProvider.System, StarterContent.None, Cancellation);

        Assert.All(ours, name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(name)));
        Assert.Equal(Open, File.GetUnixFileMode(other));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_killed_restore_leaves_is_deleted_by_the_next_start_or_restore(bool byStart)
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        var file = test.Database.FilePath!;
        var folder = Path.GetDirectoryName(file)!;
        var backup = Path.Combine(folder, "backup");
        DatabaseBackup.Save(test.Database, backup);
        string[] others = [$"{file}.restoring-notes.txt", $"{file}.before-restore-20260301-120000", $"{file}2.restoring-{Guid.NewGuid():N}"];
        foreach (var other in others)
        {
            await File.WriteAllTextAsync(other, "", Cancellation);
        }

        string[] mine = [];
        await DatabaseBackup.RestoreAsync(test.Database, backup, kept: null, async copy =>
        {
            await DirectorySetup.StartAsync(copy, TimeProvider.System, StarterContent.None, Cancellation);
            mine = Copies();
            Assert.Contains(copy.FilePath, mine);
            foreach (var name in mine.Where(_ => !OperatingSystem.IsWindows()))
            {
#pragma warning disable CA1416 // there are none on Windows
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(name));
#pragma warning restore CA1416
            }

            // A program that starts now leaves this restore alone.
            await DirectorySetup.StartAsync(test.Database, TimeProvider.System, StarterContent.None, Cancellation);
            Assert.Equal(mine, Copies());
        });
        Assert.Empty(Copies());
        foreach (var name in mine.Append(mine[0] + "-wal").Append(mine[0] + "-journal"))
        {
            await File.WriteAllTextAsync(name, "", Cancellation);
        }

        if (byStart)
        {
            await DirectorySetup.StartAsync(test.Database, TimeProvider.System, StarterContent.None, Cancellation);
        }
        else
        {
            await DatabaseBackup.RestoreAsync(test.Database, backup, kept: null, _ => Task.CompletedTask);
        }

        Assert.Empty(Copies());
        Assert.All(others, other => Assert.True(File.Exists(other), other));

        string[] Copies() => [.. System.IO.Directory.GetFiles(folder, Path.GetFileName(file) + ".restoring-*").Except(others).Order()];
    }
}
