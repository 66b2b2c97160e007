using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

/// <summary>A node that starts from the file of an earlier one answers as that did; from any other file it does not start.</summary>
public sealed class SavedDirectoryTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 15, 15, 0, 0, TimeSpan.Zero);

    private readonly SavedIndexFile _file = new();

    [Fact]
    public void Words_fields_places_hours_and_dates_are_found_as_before()
    {
        var before = Sample();

        var after = _file.Restart(before);

        Assert.Equal(before.Current.Mark, after.Current.Mark);
        foreach (var query in Queries())
        {
            var (expected, found) = (before.Current.Search(query), after.Current.Search(query));
            Assert.NotEmpty(expected.Hits);
            Assert.Equal(expected.Hits.Select(h => (h.Entry.Name, h.DistanceMiles)), found.Hits.Select(h => (h.Entry.Name, h.DistanceMiles)));
            Assert.Equal(expected.Hits.Select(h => h.Entry.Body.ToArray()), found.Hits.Select(h => h.Entry.Body.ToArray()));
            Assert.Equal(
                expected.Facets.Select(f => (f.Field, string.Join(' ', f.Values))),
                found.Facets.Select(f => (f.Field, string.Join(' ', f.Values))));
        }

        Assert.Equal(
            before.Current.Suggest("clin", "en", [], 8).Select(c => c.Text),
            after.Current.Suggest("clin", "en", [], 8).Select(c => c.Text));
        Assert.Equal("Clinic", after.Current.FindBySlug(EntryKind.Organization, "old-clinic")?.Name);
        Assert.Equal(before.Current.FindWithdrawn(EntryKind.Provider, "closed-practice"), after.Current.FindWithdrawn(EntryKind.Provider, "closed-practice"));
    }

    [Fact]
    public void It_goes_on_with_the_next_change()
    {
        var directory = _file.Restart(Sample());

        directory.Publish(Clinic() with { Description = "Now with acupuncture" });
        directory.Publish(new Provider { Name = "Newcomer", Hours = Hours("09:00", "17:00") });
        directory.Withdraw("Attorney");

        Assert.Equal(["Clinic"], directory.Find("acupuncture"));
        Assert.Equal(["Newcomer"], directory.Find("newcomer"));
        Assert.Empty(directory.Find("attorney"));
        Assert.Equal(["Clinic", "Hotline", "Newcomer"], directory.Find(new SearchQuery { OpenAt = Monday, Sort = SearchSort.Name }));
    }

    [Fact]
    public void It_can_be_saved_again_and_entries_that_are_overdue_by_then_say_so()
    {
        using var second = new SavedIndexFile();

        var directory = second.Restart(_file.Restart(Sample()), today: new DateOnly(2027, 1, 1));

        Assert.True(directory.Current.Find(directory.Id("Clinic"))!.Overdue);
        Assert.False(directory.Current.Find(directory.Id("Hotline"))!.Overdue);
        Assert.False(_file.Restart(directory).Current.Find(directory.Id("Clinic"))!.Overdue);
    }

    [Fact]
    public void Nothing_of_what_was_withdrawn_or_replaced_is_in_the_file()
    {
        var directory = Sample();
        directory.Publish(new Provider { Name = "Gonerilla", Description = "Quixotic", Phones = [new Phone { Number = "+13055550177" }] });
        directory.Publish(Clinic() with { Description = "Zanzibar" });
        directory.Publish(Clinic());
        directory.Withdraw("Gonerilla");

        SavedDirectory.Save(directory.Current, SavedIndexFile.Key, _file.Path);

        var text = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_file.Path));
        Assert.Contains("Bereavement", text, StringComparison.Ordinal);
        foreach (var gone in new[] { "quixotic", "5550177", "zanzibar" })
        {
            Assert.DoesNotContain(gone, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void It_is_not_loaded_when_it_is_damaged_or_cut_off_or_missing()
    {
        var directory = Sample();
        SavedDirectory.Save(directory.Current, SavedIndexFile.Key, _file.Path);
        var bytes = File.ReadAllBytes(_file.Path);
        Assert.True(IsRestored(directory));

        foreach (var damaged in new[] { bytes[..^1], bytes[..20], [], [.. bytes[..^5], (byte)(bytes[^5] ^ 1), .. bytes[^4..]] })
        {
            File.WriteAllBytes(_file.Path, damaged);
            Assert.False(IsRestored(directory));
        }

        File.Delete(_file.Path);
        Assert.False(IsRestored(directory));
    }

    [Fact]
    public void Only_its_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows inherits the rights of the folder.");
            return;
        }

        SavedDirectory.Save(Sample().Current, SavedIndexFile.Key, _file.Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.Path));
    }

    [Fact]
    public void What_cannot_be_written_to_the_end_leaves_nothing_behind()
    {
        System.IO.Directory.CreateDirectory(_file.Path);

        Assert.ThrowsAny<SystemException>(() => SavedDirectory.Save(Sample().Current, SavedIndexFile.Key, _file.Path));

        Assert.False(File.Exists(_file.Path + ".new"));
    }

    [Fact]
    public void It_is_not_loaded_for_another_database_or_other_labels()
    {
        var directory = Sample();
        SavedDirectory.Save(directory.Current, SavedIndexFile.Key, _file.Path);

        Assert.False(IsRestored(directory, key: "another"));
    }

    [Fact]
    public void It_is_loaded_only_if_the_rows_of_the_database_are_those_it_was_made_of()
    {
        var directory = Sample();
        SavedDirectory.Save(directory.Current, SavedIndexFile.Key, _file.Path);
        var rows = SavedIndexFile.Rows(directory.Current);
        var later = rows.Max(r => r.Sequence) + 1;

        // Changes after it will be applied.
        Assert.True(IsRestored(directory, [.. rows[1..], rows[0] with { Sequence = later }]));
        Assert.True(IsRestored(directory, [.. rows, new PublishedVersion { EntryId = Guid.CreateVersion7(), Sequence = later }]));

        // These numbers were given to other changes: somebody copied an older file over the database.
        Assert.False(IsRestored(directory, [.. rows[1..], rows[0] with { ChangedAt = Monday }]));
        Assert.False(IsRestored(directory, [.. rows[1..], rows[0] with { Sequence = 0 }]));
        Assert.False(IsRestored(directory, [.. rows[1..], rows[0] with { IsWithdrawn = true }]));
        Assert.False(IsRestored(directory, [.. rows[..^1], rows[^1] with { IsWithdrawn = false }]));
        Assert.False(IsRestored(directory, rows[1..]));
        Assert.False(IsRestored(directory, rows[..^1]));
        Assert.False(IsRestored(directory, [.. rows, new PublishedVersion { EntryId = Guid.CreateVersion7(), Sequence = 1 }]));
    }

    public void Dispose() => _file.Dispose();

    private bool IsRestored(TestDirectory directory, List<PublishedVersion>? rows = null, string key = SavedIndexFile.Key)
    {
        using var index = new DirectoryIndex(VocabularySet.Shipped, TestDirectory.Today);
        var isRestored = index.TryRestore(_file.Path, key, rows ?? SavedIndexFile.Rows(directory.Current));
        Assert.Equal(isRestored ? directory.Current.Count : 0, index.Current.Count);
        return isRestored;
    }

    /// <summary>Entries of every kind of data that the index keeps, and numbers of dead ordinals between them.</summary>
    private static TestDirectory Sample()
    {
        var directory = TestDirectory.Of(
            new Provider { Name = "Closed practice" },
            new Organization { Name = "Hotline", ServiceArea = new ServiceArea { Nationwide = true }, Hours = new Hours { AlwaysOpen = true }, Languages = [new LanguageOffered { Language = "es" }] },
            new Attorney { Name = "Attorney", PracticeAreas = ["asylum"], ServiceArea = new ServiceArea { Counties = ["FL:Broward County"], ZipCodes = ["33301"] } },
            Gathering("Weekly gathering") with { Recurrence = "FREQ=WEEKLY" },
            Gathering("One gathering"));
        directory.Withdraw("Closed practice");
        directory.Publish(Clinic() with { Description = "Before" });
        directory.Index.Apply([directory.Row(Clinic(), new DateOnly(2026, 6, 1), new DateOnly(2026, 12, 1), formerSlugs: ["old-clinic"])]);
        return directory;
    }

    private static IEnumerable<SearchQuery> Queries()
    {
        var miami = new GeoPoint(25.77, -80.19);
        SearchQuery query = new() { Sort = SearchSort.Name, Facets = [SearchFields.Kind, SearchFields.County, SearchFields.Language, SearchFields.PracticeArea] };
        yield return query;
        yield return query with { Sort = SearchSort.Verified };
        yield return query with { Text = "bereavement", Sort = SearchSort.Relevance };
        yield return query with { Text = "305 555 0142", Sort = SearchSort.Relevance };
        yield return query with { Terms = [new TermFilter(SearchFields.PracticeArea, ["asylum"])] };
        yield return query with { Near = miami, Sort = SearchSort.Distance };
        yield return query with { Near = new GeoPoint(28.54, -81.38), RadiusMiles = 10, Sort = SearchSort.Distance };
        yield return query with { Places = [new SearchPlace { Point = miami, Counties = ["FL:Miami-Dade County"], States = ["FL"] }], Sort = SearchSort.Relevance };
        yield return query with { ServesZip = ["33301"] };
        yield return query with { OpenAt = Monday };
        yield return query with { Age = 9 };
        yield return query with { AssuredSince = new DateOnly(2026, 5, 1) };
        yield return query with { From = new DateOnly(2033, 6, 1), To = new DateOnly(2033, 6, 30) };
    }

    private static Organization Clinic() => new()
    {
        Name = "Clinic",
        Description = "Bereavement",
        Phones = [new Phone { Number = "+13055550142" }],
        Hours = Hours("10:00", "17:00"),
        Eligibility = new Eligibility { MinimumAge = 5, MaximumAge = 17 },
        Locations =
        [
            new Location { Visibility = Visibility.Public, City = "Miami", StateProvince = "FL", PostalCode = "33130", Latitude = 25.76, Longitude = -80.2 },
            new Location { Visibility = Visibility.Public, City = "Orlando", StateProvince = "FL", PostalCode = "32801", Latitude = 28.54, Longitude = -81.37 },
        ],
    };

    private static Event Gathering(string name) => new() { Name = name, EventType = "workshop", StartsAt = new DateTime(2026, 6, 16, 18, 0, 0), TimeZone = "America/New_York" };

    private static Hours Hours(string opens, string closes) => new()
    {
        TimeZone = "America/New_York",
        Times = [new OpeningTime { Day = DayOfWeek.Monday, Opens = TimeOnly.Parse(opens, CultureInfo.InvariantCulture), Closes = TimeOnly.Parse(closes, CultureInfo.InvariantCulture) }],
    };
}
