using System.Text;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

public sealed class ChangesTests
{
    [Fact]
    public void A_change_replaces_the_previous_version()
    {
        var directory = TestDirectory.Of(new Provider { Name = "Clinic", Summary = "Play therapy.", Specialties = ["trauma"] });
        var before = directory.Current;

        directory.Publish(new Provider { Name = "Clinic", Summary = "Dance.", Specialties = ["grief"] });

        Assert.Equal(2, directory.Current.Sequence);
        Assert.Equal(1, directory.Current.Count);
        Assert.Empty(directory.Find("play"));
        Assert.Equal(["Clinic"], directory.Find("dance"));
        Assert.Empty(directory.With(SearchFields.Specialty, "trauma"));
        Assert.Equal(["Clinic"], directory.With(SearchFields.Specialty, "grief"));
        Assert.Contains("Dance", Encoding.UTF8.GetString(directory.Current.Find(directory.Id("Clinic"))!.Body.Span), StringComparison.Ordinal);
        Assert.Equal(1, before.Search(new SearchQuery { Text = "play" }).Total);
        Assert.Equal(0, before.Search(new SearchQuery { Text = "dance" }).Total);
    }

    [Fact]
    public void A_withdrawn_entry_leaves_a_tombstone_until_it_comes_back()
    {
        var directory = TestDirectory.Of(new Provider { Name = "Clinic" }, new Provider { Name = "Other" });

        directory.Withdraw("Clinic", mergedInto: directory.Id("Other"));

        var snapshot = directory.Current;
        Assert.Null(snapshot.Find(directory.Id("Clinic")));
        Assert.Null(snapshot.FindBySlug(EntryKind.Provider, "clinic"));
        Assert.Equal(["Other"], directory.Find(new SearchQuery()));
        Assert.True(snapshot.IsWithdrawn(directory.Id("Clinic")));
        Assert.Equal(directory.Id("Other"), snapshot.FindWithdrawn(EntryKind.Provider, "clinic")!.MergedInto);

        directory.Publish(new Provider { Name = "Clinic" });
        Assert.NotNull(directory.Current.FindBySlug(EntryKind.Provider, "clinic"));
        Assert.Null(directory.Current.FindWithdrawn(EntryKind.Provider, "clinic"));
    }

    [Fact]
    public void A_former_slug_finds_the_entry_but_not_as_another_kind()
    {
        var directory = new TestDirectory();
        directory.Index.Apply([directory.Row(new Provider { Name = "Clinic" }, slug: "new-name", formerSlugs: ["old-name"])]);

        Assert.Equal("new-name", directory.Current.FindBySlug(EntryKind.Provider, "old-name")!.Slug);
        Assert.Equal("new-name", directory.Current.FindBySlug(EntryKind.Provider, "new-name")!.Slug);
        Assert.Null(directory.Current.FindBySlug(EntryKind.Attorney, "new-name"));
    }

    [Fact]
    public void A_repeated_or_outdated_row_changes_nothing()
    {
        var directory = new TestDirectory();
        var (first, second) = (directory.Row(new Provider { Name = "Clinic", Summary = "First." }), directory.Row(new Provider { Name = "Clinic", Summary = "Second." }));

        directory.Index.Apply([second]);
        directory.Index.Apply([first, second]);

        Assert.Equal(1, directory.Current.Count);
        Assert.Equal(2, directory.Current.Sequence);
        Assert.Equal(["Clinic"], directory.Find("second"));
    }

    [Fact]
    public void An_unreadable_row_does_not_stop_the_others()
    {
        var directory = new TestDirectory();
        var bad = directory.Row(new Provider { Name = "Bad" }) with { Body = "{\"kind\":\"provider\",\"name\":" };
        var unknown = directory.Row(new Provider { Name = "Newer" });
        unknown = unknown with { Body = unknown.Body!.Replace("\"name\"", "\"color\":[1],\"name\"", StringComparison.Ordinal) };

        var unreadable = directory.Index.Apply([bad, unknown]);

        Assert.Equal([bad.EntryId], unreadable.Select(e => e.Id));
        Assert.Equal(["Newer"], directory.Find(new SearchQuery()));
        Assert.Equal(2, directory.Current.Sequence);
    }

    [Theory]
    [InlineData("provider", "\"phones\":[null]")]
    [InlineData("provider", "\"locations\":[ null ]")]
    [InlineData("provider", "\"languages\":[null]")]
    [InlineData("provider", "\"translations\":[null]")]
    [InlineData("organization", "\"hours\":{\"times\":[null]}")]
    [InlineData("event", "\"eventType\":\"rally\",\"timeZone\":\"America/New_York\",\"startsAt\":\"9996-05-01T10:00:00\",\"recurrence\":\"FREQ=YEARLY\"")]
    [InlineData("event", "\"eventType\":\"rally\",\"timeZone\":\"America/New_York\",\"startsAt\":\"2026-02-01T10:00:00\",\"recurrence\":\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"")]
    [InlineData("event", "\"eventType\":\"rally\",\"timeZone\":\"America/New_York\",\"startsAt\":\"2026-02-01T10:00:00\",\"recurrence\":\"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366\"")]
    public void An_entry_that_can_not_be_loaded_is_left_out_until_its_row_changes(string kind, string members)
    {
        var directory = TestDirectory.Of(new Provider { Name = "Other", Summary = "Play therapy." }, new Provider { Name = "Clinic", Summary = "Dance." });
        var bad = directory.Row(new Provider { Name = "Clinic" }) with { Body = $"{{\"kind\":\"{kind}\",\"name\":\"Clinic\",{members}}}" };

        var leftOut = Assert.Single(directory.Index.Apply([bad]));
        Assert.Equal((bad.EntryId, bad.Sequence), (leftOut.Id, leftOut.Sequence));
        Assert.DoesNotContain("Clinic", leftOut.Reason, StringComparison.Ordinal);
        Assert.Empty(directory.Index.Apply([bad]));
        Assert.Equal([leftOut], directory.Current.LeftOut);
        // The version before may have been replaced because it must not be seen.
        Assert.Empty(directory.Find("dance"));
        Assert.Null(directory.Current.Find(bad.EntryId));
        Assert.Equal(["Other"], directory.Find("play"));

        directory.Publish(new Provider { Name = "Clinic", Summary = "Music." });
        Assert.Empty(directory.Current.LeftOut);
        Assert.Equal(["Clinic"], directory.Find("music"));
    }

    [Fact]
    public async Task Rows_read_before_the_database_fails_are_not_appended_again_and_again()
    {
        var directory = new TestDirectory();
        var rows = Enumerable.Range(0, 4).Select(i => directory.Row(new Provider { Name = $"Clinic {i}" })).ToList();

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => directory.Index.ApplyAsync(Failing(), TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, directory.Current.Count);
        Assert.Equal(2, directory.Current.Ordinals);
        Assert.Empty(await directory.Index.ApplyAsync(Whole(), TestContext.Current.CancellationToken));
        Assert.Equal(4, directory.Current.Count);

        async IAsyncEnumerable<IReadOnlyList<PublishedEntry>> Failing()
        {
            yield return rows[..2];
            yield return rows[2..3];
            await Task.Yield();
            throw new TimeoutException();
        }

        async IAsyncEnumerable<IReadOnlyList<PublishedEntry>> Whole()
        {
            yield return rows;
            await Task.Yield();
        }
    }

    [Fact]
    public void A_body_with_a_late_kind_member_is_read()
    {
        var directory = new TestDirectory();
        var row = directory.Row(new Provider { Name = "Clinic" }) with { Body = "{\"name\":\"Clinic\",\"kind\":\"provider\"}" };

        Assert.Empty(directory.Index.Apply([row]));
        Assert.Equal(["Clinic"], directory.Find("clinic"));
    }

    [Fact]
    public void An_overdue_entry_is_marked_from_the_day_after()
    {
        var directory = new TestDirectory();
        directory.Publish(new Provider { Name = "Clinic" }, checkDueOn: TestDirectory.Today);
        Assert.Null(Document().Overdue);

        var generation = directory.Current.Generation;
        directory.Index.Tick(TestDirectory.Today.AddDays(1));
        Assert.True(Document().Overdue);
        Assert.NotEqual(generation, directory.Current.Generation);

        directory.Publish(new Provider { Name = "Clinic" }, checkDueOn: TestDirectory.Today.AddDays(90));
        Assert.Null(Document().Overdue);

        Entry Document() => JsonSerializer.Deserialize<Entry>(directory.Current.Find(directory.Id("Clinic"))!.Body.Span, EntryJson.Public)!;
    }

    [Fact]
    public void After_very_many_changes_dead_ordinals_are_removed_and_nothing_else_changes()
    {
        var directory = TestDirectory.Of(new Provider { Name = "Constant", Summary = "Always here.", Specialties = ["grief"] });
        directory.Withdraw("Gone");
        for (var round = 0; round < 60; round++)
        {
            directory.Index.Apply([.. Enumerable.Range(0, 100).Select(i => directory.Row(new Provider { Name = $"Clinic {i}", Summary = $"Round {round}." }))]);
        }

        Assert.Equal(101, directory.Current.Count);
        Assert.Equal(101, directory.Current.Search(new SearchQuery { Facets = [SearchFields.Kind] }).Facets[0].Values[0].Count);
        Assert.Equal(100, directory.Current.Search(new SearchQuery { Text = "59" }).Total);
        Assert.Equal(0, directory.Current.Search(new SearchQuery { Text = "\"round 12\"" }).Hits.Count(h => !h.Entry.Name.EndsWith("12", StringComparison.Ordinal)));
        Assert.Equal(["Constant"], directory.With(SearchFields.Specialty, "grief"));
        Assert.True(directory.Current.IsWithdrawn(directory.Id("Gone")));
    }

    [Fact]
    public void New_labels_are_searchable_once_the_vocabularies_are_replaced()
    {
        var directory = TestDirectory.Of(new Provider { Name = "Clinic", Specialties = ["grief"] });
        Assert.Empty(directory.Find("mishap"));

        directory.Index.Use(new VocabularySet(VocabularySet.Shipped.All.Select(v => v.Name != "specialty" ? v : v with
        {
            Terms = [.. v.Terms.Select(t => t.Code == "grief" ? t with { Label = "Mishap" } : t)],
        })));

        Assert.Equal(["Clinic"], directory.Find("mishap"));
    }

    [Fact]
    public void A_merged_term_is_found_counted_and_completed_as_its_replacement()
    {
        var directory = TestDirectory.Of(
            new Provider { Name = "Loss", Specialties = ["grief"] },
            new Provider { Name = "Both", Specialties = ["grief", "anxiety"] },
            new Provider { Name = "Worry", Specialties = ["anxiety"] },
            new Provider { Name = "Asks", Eligibility = new Eligibility { ImmigrationStatus = "notRequired" } });
        var before = directory.Current;

        directory.Index.Use(Merged(("specialty", "grief", "anxiety"), ("immigrationStatus", "notRequired", "notAsked")));

        Assert.Equal(["Both", "Loss"], before.Search(new SearchQuery { Terms = [new TermFilter(SearchFields.Specialty, ["grief"])], Sort = SearchSort.Name }).Hits.Select(h => h.Entry.Name));
        Assert.Equal(["Both", "Loss", "Worry"], directory.With(SearchFields.Specialty, "grief"));
        Assert.Equal(["Both", "Loss", "Worry"], directory.With(SearchFields.Specialty, "anxiety"));
        Assert.Equal(["Asks"], directory.With(SearchFields.ImmigrationStatus, "notRequired"));
        Assert.Equal(["Asks"], directory.With(SearchFields.ImmigrationStatus, "notAsked"));
        var counts = directory.Current.Search(new SearchQuery { Facets = [SearchFields.Specialty] }).Facets[0].Values;
        Assert.Equal([new FacetCount("anxiety", 3)], counts);
        // By words of either label, also while typing.
        Assert.Equal(["Both", "Loss", "Worry"], directory.Find("grief").Order());
        Assert.Equal(["Both", "Loss", "Worry"], directory.Find("ansiedad").Order());
        var completed = Assert.Single(directory.Current.Suggest("grie", "en", [], 8), s => s.Type == SuggestionType.Term);
        Assert.Equal(("Anxiety", "anxiety", 3), (completed.Text, completed.Value, completed.Count));
    }

    [Fact]
    public void Event_and_material_types_with_the_same_code_are_merged_separately()
    {
        var directory = TestDirectory.Of(
            new Event { Name = "Evening", EventType = "shared", StartsAt = new DateTime(2026, 7, 1, 18, 0, 0), TimeZone = "America/New_York" },
            new Material { Name = "Leaflet", MaterialType = "shared" },
            new Material { Name = "Poster", MaterialType = "poster" });
        Term Of(string code, string? into = null) => new() { Code = code, Label = code, Definition = code, Retired = into is not null, MergedInto = into };
        directory.Index.Use(new VocabularySet(VocabularySet.Shipped.All.Select(v => v.Name switch
        {
            "eventType" => v with { Terms = [Of("shared")] },
            "materialType" => v with { Terms = [Of("shared", "poster"), Of("poster")] },
            _ => v,
        })));

        Assert.Equal(["Evening"], directory.With(SearchFields.EventType, "shared"));
        Assert.Equal(["Leaflet", "Poster"], directory.With(SearchFields.MaterialType, "shared"));
        Assert.Equal(["Leaflet", "Poster"], directory.With(SearchFields.MaterialType, "poster"));
    }

    private static VocabularySet Merged(params (string Vocabulary, string Code, string Into)[] merges) =>
        new(VocabularySet.Shipped.All.Select(v => v with
        {
            Terms = [.. v.Terms.Select(t => merges.FirstOrDefault(m => (m.Vocabulary, m.Code) == (v.Name, t.Code)).Into is { } into ? t with { Retired = true, MergedInto = into } : t)],
        }));

    [Fact]
    public async Task Readers_see_consistent_snapshots_during_changes()
    {
        var directory = TestDirectory.Of([.. Enumerable.Range(0, 200).Select(i => new Provider { Name = $"Clinic {i}", Summary = "Round 0 even." })]);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    // Each change moves all entries from one word to the other, so a snapshot has exactly one of them.
                    var snapshot = directory.Current;
                    var even = snapshot.Search(new SearchQuery { Text = "even" }).Total;
                    var odd = snapshot.Search(new SearchQuery { Text = "uneven" }).Total;
                    Assert.Equal((200, 200), (even + odd, Math.Max(even, odd)));
                }
            },
            TestContext.Current.CancellationToken)).ToArray();

        for (var round = 1; round < 60; round++)
        {
            directory.Index.Apply([.. Enumerable.Range(0, 200).Select(i => directory.Row(new Provider { Name = $"Clinic {i}", Summary = $"Round {round} {(round % 2 == 0 ? "even" : "uneven")}." }))]);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }
}
