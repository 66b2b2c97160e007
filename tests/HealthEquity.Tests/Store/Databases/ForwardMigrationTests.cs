using DbUp.Engine;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Starter;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>An installation goes on from the baseline: what it holds stays, and a later script runs once.</summary>
public sealed class ForwardMigrationTests
{
    private const string Later = "HealthEquity.Store.Migrations.0900_Nickname.sql";

    private static readonly Sql SelectNicknames = new("ForwardMigrationTests.Select", "SELECT Nickname FROM Entry");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_later_script_keeps_what_was_there_and_runs_once(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        Assert.Empty(new Migrator(office.Database).Pending());
        var id = await office.PublishNewAsync(Provider("Before"));
        var migrator = new Migrator(office.Database, [new SqlScript(Later, AddNickname(dialect))]);
        Assert.Equal(["0900_Nickname.sql"], migrator.Pending());

        Assert.Equal(["0900_Nickname.sql"], migrator.Migrate());

        Assert.Empty(migrator.Migrate());
        Assert.Equal(["new"], await office.DoAsync(s => s.QueryAsync<string>(SelectNicknames, null, Cancellation)));
        Assert.Equal((1, Listing.Published), ((await office.ReadAsync(id)).LatestRevision, (await office.ReadAsync(id)).Listing));
        // The version before only sees more than it knows, and goes on working.
        Assert.Null(new Migrator(office.Database).Fit().Fault);
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("After"), Writer, null, Cancellation));
        await office.PublishNewAsync(Provider("Another"));
        Assert.Equal(2, (await office.FeedAsync()).Count);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Of_migrations_at_the_same_time_one_runs_and_the_others_wait_for_it(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var script = new SqlScript(Later, AddNickname(dialect));
        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new Migrator(office.Database, [script]).Migrate(), Cancellation)));
        Assert.Equal("0900_Nickname.sql", Assert.Single(ran.SelectMany(r => r)));
    }

    [Fact]
    public void On_SQL_Server_a_lock_of_the_session_lets_one_migration_run_at_a_time()
    {
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(Migrator.LockStatement), out var errors);
        Assert.Empty(errors);
        var call = Assert.IsType<ExecutableProcedureReference>(script.Batches.Single().Statements.OfType<ExecuteStatement>().Single().ExecuteSpecification.ExecutableEntity);
        Assert.Equal("sp_getapplock", call.ProcedureReference.ProcedureReference.Name.BaseIdentifier.Value);
        Assert.Equal(
            [("@Resource", "HealthEquity.Migrate"), ("@LockMode", "Exclusive"), ("@LockOwner", "Session"), ("@LockTimeout", "600000")],
            call.Parameters.Select(p => (p.Variable.Name, ((Literal)p.ParameterValue).Value)));
    }

    [Fact]
    public async Task The_name_color_and_logo_of_the_console_become_those_of_the_public_pages()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        foreach (var statement in new[]
        {
            "DROP TABLE SiteSetting",
            "DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0004_SiteSettings.sql'",
            """INSERT INTO Setting (Name, Value, ChangedAt, ChangedBy) VALUES ('directory', '{"fourEyes":true,"departmentName":"Salud «Sur»","brandColor":"#5b2a86"}', '2026-03-01T00:00:00.000Z', 'system:test')""",
            """INSERT INTO Setting (Name, Value, ChangedAt, ChangedBy) VALUES ('logo', '{"MediaType":"image/png","Content":"AQID"}', '2026-03-01T00:00:00.000Z', 'system:test')""",
        })
        {
            await test.Database.TransactAsync(s => s.ExecuteAsync(new Sql("test", statement), null, Cancellation), Cancellation);
        }

        Assert.Equal(["0004_SiteSettings.sql"], new Migrator(test.Database).Migrate());

        await using var session = await test.Database.As(DatabaseAccess.Public).OpenAsync(Cancellation);
        var site = await SiteSettingStore.ReadAsync(session, Cancellation);
        Assert.Equal(("Salud «Sur»", "#5b2a86", "https://www.weather.gov/"), (site!.DepartmentName, site.BrandColor, site.ExitAddress));
        Assert.Equal([1, 2, 3], (await LogoStore.ReadAsync(session, Cancellation))!.Content);
    }

    [Fact]
    public async Task A_directory_filled_by_an_older_version_knows_which_entries_came_with_the_product()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.Facts, Cancellation);
        await office.PublishNewAsync(Provider("Their own"));
        var kept = await office.DoAsync(s => s.QueryAsync<(string, string)>(SelectStarters, null, Cancellation));
        foreach (var statement in new[] { "DROP TABLE StarterEntry", "DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0010_StarterEntries.sql'" })
        {
            await office.DoAsync(s => s.ExecuteAsync(new Sql("test", statement), null, Cancellation));
        }

        Assert.Equal(["0010_StarterEntries.sql"], new Migrator(office.Database).Migrate());
        Assert.Equal(kept, await office.DoAsync(s => s.QueryAsync<(string, string)>(SelectStarters, null, Cancellation)));
    }

    [Fact]
    public async Task Entries_from_before_the_grid_are_found_by_what_is_empty_by_city_and_by_ZIP_code()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        await DirectorySetup.PrepareAsync(office.Database, office.Clock, StarterContent.Samples, Cancellation);
        await office.CreateAsync(new Organization { Name = "Nothing known" });
        await office.CreateAsync(new Organization { Name = "Number of a place", Locations = [new Location { Visibility = Visibility.Public, City = " Miami", StateProvince = "FL", Phones = [new Phone { Number = "+13055550141" }] }] });
        await office.CreateAsync(new Organization { Name = "Unknown status", Eligibility = new Eligibility(), Capacity = new Capacity() });
        await office.CreateAsync(new Organization { Name = "ZIP", Summary = "Two places.", Locations = [At(" 33130-1234"), At("33130")] });
        await office.CreateAsync(new Event { Name = "Abroad", EventType = "training", StartsAt = new DateTime(2026, 3, 2, 18, 0, 0), TimeZone = "Europe/London", Location = At("SW1A 1AA") });
        var kept = await office.DoAsync(s => s.QueryAsync<(Guid, string, string)>(SelectGridTerms, null, Cancellation));
        Assert.Contains(kept, t => t is (_, "zip", "33130"));
        Assert.Contains(kept, t => t is (_, "zip", "SW1A 1AA"));
        foreach (var statement in new[]
        {
            "DROP TABLE SavedView", "DROP TABLE CuratorDensity", "DELETE FROM EntryTerm WHERE Vocabulary IN ('empty', 'city', 'zip')",
            "DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0009_Grid.sql' OR ScriptName LIKE '%0017_GridFields.sql'",
        })
        {
            await office.DoAsync(s => s.ExecuteAsync(new Sql("test", statement), null, Cancellation));
        }

        Assert.Equal(["0009_Grid.sql", "0017_GridFields.sql"], new Migrator(office.Database).Migrate());
        Assert.Equal(kept, await office.DoAsync(s => s.QueryAsync<(Guid, string, string)>(SelectGridTerms, null, Cancellation)));
    }

    private static Location At(string postalCode) => new() { Visibility = Visibility.Public, PostalCode = postalCode };

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Entries_from_before_translators_are_found_by_the_languages_of_their_texts(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        var card = new Material { Name = "Card", MaterialType = "card", Translations = [new Translation { Language = "es", Name = "Tarjeta", Provenance = "human" }] };
        await office.CreateAsync(card);
        await office.CreateAsync(card with { Summary = "Not in Spanish." });
        await office.CreateAsync(new Organization { Name = "Nothing to translate" });
        var stale = await office.CreateAsync(card with { Language = "ht" });
        await office.DoAsync(s => office.Entries.SaveAsync(s, stale, 1, card with { Language = "ht", Name = "Kat" }, EditorialOffice.Writer, null, Cancellation));
        var kept = await office.DoAsync(s => s.QueryAsync<(Guid, string, string)>(SelectTranslationTerms, null, Cancellation));
        Assert.Equal(9, kept.Count);
        await office.DoAsync(s => s.ExecuteAsync(new Sql("test", "DELETE FROM EntryTerm WHERE Vocabulary IN ('translation', 'writtenIn')"), null, Cancellation));

        await EntryTermStore.CompleteAsync(office.Database, Cancellation);

        Assert.Equal(kept, await office.DoAsync(s => s.QueryAsync<(Guid, string, string)>(SelectTranslationTerms, null, Cancellation)));
    }

    [Theory]
    [InlineData("directory_api")]
    [InlineData("directory_curator")]
    public void Programs_may_read_which_scripts_ran_and_so_start_without_the_right_to_change_the_schema(string role)
    {
        var access = Migrator.SqlServerScripts().Single(s => s.Name.EndsWith("0002_Access.sql", StringComparison.Ordinal)).Contents;
        Assert.Contains($"GRANT SELECT ON dbo.SchemaVersions TO {role};", access, StringComparison.Ordinal);
    }

    private static readonly Sql SelectTranslationTerms = new(
        "test", "SELECT EntryId, Vocabulary, Code FROM EntryTerm WHERE Vocabulary IN ('translation', 'writtenIn', 'staleTranslation') ORDER BY EntryId, Vocabulary, Code");

    private static readonly Sql SelectGridTerms = new(
        "test", "SELECT EntryId, Vocabulary, Code FROM EntryTerm WHERE Vocabulary IN ('empty', 'city', 'zip') ORDER BY EntryId, Vocabulary, Code");

    private static readonly Sql SelectStarters = new("test", "SELECT Slug, Body FROM StarterEntry ORDER BY Slug");

    private static string AddNickname(Dialect dialect) => dialect == Dialect.SqlServer
        ? "ALTER TABLE dbo.Entry ADD Nickname nvarchar(100) NOT NULL CONSTRAINT DF_Entry_Nickname DEFAULT ('new');"
        : "ALTER TABLE Entry ADD COLUMN Nickname TEXT NOT NULL DEFAULT ('new');";
}
