using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Admin.Directory;

/// <summary>The curators' search over all entries.</summary>
public sealed class EditorialDirectoryTests
{
    private static readonly Provider Marisol = new()
    {
        Name = "Marisol Peña",
        ProviderType = "psychologist",
        Summary = "Counselling for families after a deportation.",
        InternalNotes = "Moved out of the lighthouse in spring.",
        Licenses = [new License { Type = "psychologist", Number = "PY 8841", State = "FL", Status = "active" }],
        Phones = [new Phone { Number = "+13055550142" }],
        Emails = [new Email { Address = "consulta@marisol.example" }],
        Locations = [new Location { Visibility = Visibility.Private, Address1 = "77 Hidden Lane", City = "Hialeah", StateProvince = "FL", PostalCode = "33010" }],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_draft_is_found_by_any_of_its_details(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await office.DoAsync(s => office.Stores.Vocabularies.AddShippedAsync(s, Cancellation));
        var id = await office.CreateAsync(Marisol);
        await office.CreateAsync(new Attorney { Name = "O'Brien & Partners" });
        using var directory = await BuiltAsync(office);
        string[] texts =
        [
            "pena", "marisól", "family", "deportations", "consejería", "terapeuta", "marisl", "lighthouse", "hidden lane", "hialeah",
            "(305) 555-0142", "305.555.0142", "consulta@marisol.example", "Consulta@Marisol.example", "marisol-pena", "PY8841", "py 8841", "FL:PY8841", id.ToString(), id.ToString().ToUpperInvariant(),
        ];
        foreach (var text in texts)
        {
            Assert.True((await FindAsync(office, directory, text)).SequenceEqual([id]), text);
        }

        Assert.Empty(await FindAsync(office, directory, Guid.NewGuid().ToString()));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_saved_change_can_be_found_immediately_in_every_process(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(new Organization { Name = "Casa Esperanza", Summary = "Beside the orchard." });
        using var directory = await BuiltAsync(office);

        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, new Organization { Name = "Casa Alegría", Summary = "Beside the harbor.", Ein = "12-3456789" }, Writer, null, Cancellation));
        var added = await office.CreateAsync(new Organization { Name = "Hogar Esperanza" });

        Assert.Empty(await FindAsync(office, directory, "orchard"));
        Assert.Equal([id], await FindAsync(office, directory, "harbor"));
        Assert.Equal([id], await FindAsync(office, directory, "alegria"));
        Assert.Equal(added, (await FindAsync(office, directory, "esperanza"))[0]);
        Assert.Equal([id], await FindAsync(office, directory, "12-3456789"));
        await office.DoAsync(s => office.Entries.ChangeSlugAsync(s, id, "house-of-joy", Writer, Cancellation));
        // The current and the former slug come before other matches.
        Assert.Equal(id, (await FindAsync(office, directory, "house-of-joy"))[0]);
        Assert.Equal(id, (await FindAsync(office, directory, "casa-esperanza"))[0]);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Suspended_retired_and_do_not_list_entries_are_found(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = new List<Guid>();
        foreach (var listing in new[] { Listing.Suspended, Listing.Retired, Listing.DoNotList })
        {
            var id = await office.PublishNewAsync(new Organization { Name = $"Casa {listing}" });
            await office.DoAsync(s => office.Publisher.WithdrawAsync(s, id, listing, Reviewer, "Asked for.", mergedInto: null, Cancellation));
            ids.Add(id);
        }

        using var directory = await BuiltAsync(office);
        Assert.Equal(ids.Order(), (await FindAsync(office, directory, "casa")).Order());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_large_import_by_another_process_is_indexed_completely(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        using var directory = await BuiltAsync(office);
        await office.DoAsync(s => office.Entries.CreateAsync(
            s, [.. Enumerable.Range(0, 1_200).Select(n => new NewEntry(new Organization { Name = $"Casa {n}" }))], Writer, null, Cancellation));

        await directory.CatchUpAsync(Cancellation);

        Assert.Equal(1_200, directory.Count);
        Assert.Single(await FindAsync(office, directory, "casa-1199"));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_invalid_draft_is_found_and_does_not_affect_other_results(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var first = await office.CreateAsync(Unfinished("Vigil"));
        using var directory = await BuiltAsync(office);
        var second = await office.CreateAsync(Unfinished("Rally"));
        Assert.Equal([first], await FindAsync(office, directory, "vigil"));
        Assert.Equal([second], await FindAsync(office, directory, "rally"));

        static Event Unfinished(string name) => new()
        {
            Name = name,
            EventType = "none",
            StartsAt = new DateTime(2026, 5, 1, 17, 0, 0),
            EndsAt = new DateTime(2026, 4, 1, 17, 0, 0),
            TimeZone = "Nowhere/Town",
            Recurrence = "FREQ=<never>;;=",
        };
    }

    [Fact]
    public async Task After_a_restore_nothing_is_found_that_the_backup_did_not_have()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var provider = new Organization { Name = "Casa Esperanza" };
        var id = await office.CreateAsync(provider);
        var backup = $"{office.Database.FilePath}.backup";
        DatabaseBackup.Save(office.Database, backup);
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, provider with { Summary = "Beside the orchard." }, Writer, null, Cancellation));
        using var directory = await BuiltAsync(office);

        // The same number means another text afterwards.
        DatabaseBackup.Load(office.Database, backup);
        await office.DoAsync(s => ChangeCounter.BeginEpochAsync(s, Cancellation));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, provider with { Summary = "Beside the harbor." }, Writer, null, Cancellation));
        await directory.CatchUpAsync(Cancellation);

        Assert.Empty(await FindAsync(office, directory, "orchard"));
        Assert.Equal([id], await FindAsync(office, directory, "harbor"));
        File.Delete(backup);
    }

    [Fact]
    public async Task Search_returns_null_while_the_index_is_being_built()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        using var directory = new EditorialDirectory(office.Database, office.Clock);
        Assert.False(directory.IsReady);
        Assert.Null(await office.DoAsync(s => directory.FindAsync(s, "casa", null, Cancellation)));
    }

    private static async Task<EditorialDirectory> BuiltAsync(EditorialOffice office)
    {
        var directory = new EditorialDirectory(office.Database, office.Clock);
        Assert.Empty(await directory.CatchUpAsync(Cancellation));
        return directory;
    }

    private static async Task<IReadOnlyList<Guid>> FindAsync(EditorialOffice office, EditorialDirectory directory, string text) =>
        (await office.DoAsync(s => directory.FindAsync(s, text, null, Cancellation)))!;
}
