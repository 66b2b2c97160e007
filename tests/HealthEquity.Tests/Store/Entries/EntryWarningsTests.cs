using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Store.Entries;

/// <summary>Which other entries a warning names, and how many entries lack texts.</summary>
public sealed class EntryWarningsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Of_many_entries_with_one_key_three_are_named_those_that_asked_not_to_be_listed_first(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        var shared = new Provider { Name = "One", Website = "https://sun.example/one" };
        var ids = new List<Guid>();
        for (var n = 0; n < 6; n++)
        {
            ids.Add(await office.PublishNewAsync(shared with { Name = $"Branch {n}" }));
        }

        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, ids[4], Listing.DoNotList, EditorialOffice.Reviewer, "They asked.", null, Cancellation));

        var warnings = await office.DoAsync(s => EntryWarnings.FindAsync(s, ids[0], shared with { Name = "Branch 0" }, new DateOnly(2026, 3, 1), Cancellation));

        var others = warnings.Where(w => w.Path == "website").ToList();
        Assert.Equal(3, others.Count);
        Assert.Equal(ids[4], others[0].OtherId);
        Assert.Equal(2, others.Skip(1).Select(w => w.OtherId!.Value).Intersect([ids[1], ids[2], ids[3], ids[5]]).Count());
        Assert.Contains("which asked not to be listed", others[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("asked", others[1].Message, StringComparison.Ordinal);
        // One that shares nothing is not named, however it is listed.
        Assert.DoesNotContain(
            await office.DoAsync(s => EntryWarnings.FindAsync(s, Guid.Empty, new Provider { Name = "Moon", Website = "https://moon.example" }, new DateOnly(2026, 3, 1), Cancellation)),
            w => w.OtherId is not null);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Unfinished_texts_are_counted_by_language_among_what_a_filter_finds(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        Translation In(string language) => new() { Language = language, Summary = "Texto", Provenance = "human" };
        var sun = new Organization { Name = "Sun", Summary = "A text" };
        await office.CreateAsync(sun);
        await office.CreateAsync(sun with { Name = "Moon", Translations = [In("es")] });
        await office.CreateAsync(sun with { Name = "Star", Translations = [In("es"), In("ht")] });
        // Nothing in it can be translated, so it lacks nothing.
        await office.CreateAsync(new Organization { Name = "Bare" });
        await office.CreateAsync(new Provider { Name = "Clinic", Summary = "A text" });

        async Task<string> CountAsync(EntryFilter filter) => string.Join(
            ", ", (await office.DoAsync(s => EntryFacets.ReadAsync(s, filter, TranslationTerms.Complete, [ConditionOperator.Not], Cancellation))).Values.OrderBy(v => v.Code, StringComparer.Ordinal).Select(v => $"{v.Code} {v.Number}"));

        Assert.Equal("es 2, ht 3", await CountAsync(new EntryFilter()));
        Assert.Equal("es 1, ht 2", await CountAsync(new EntryFilter { Kind = EntryKind.Organization }));
        Assert.Equal("es 0, ht 0", await CountAsync(new EntryFilter { Listing = Listing.Published }));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_city_is_found_by_its_name_in_any_case(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        foreach (var (city, state) in new[] { ("Springfield", "IL"), ("Springfield", "MO"), ("Springfield Gardens", "NY"), ("Chicago", "IL") })
        {
            await office.CreateAsync(new Organization { Name = city + state, Locations = [new Location { Visibility = Visibility.Public, City = city, StateProvince = state }] });
        }

        Task<IReadOnlyList<string>> FindAsync(string name) => office.DoAsync(s => EntryFacets.CitiesAsync(s, name, Cancellation));
        Assert.Equal(["Springfield, IL", "Springfield, MO"], await FindAsync("springfield"));
        Assert.Equal(["Springfield, MO"], await FindAsync(" SPRINGFIELD, mo"));
        Assert.Empty(await FindAsync("Spr%"));
    }
}
