using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Store.Starter;

/// <summary>What a newer release does to a directory that a department has been working in.</summary>
public sealed class StarterReleaseTests : IAsyncLifetime
{
    private static readonly StarterEntry Hotline = new("hotline", new Organization
    {
        Name = "Hotline",
        Summary = "Answers calls.",
        Description = "Open on weekdays.",
        Languages = [new LanguageOffered { Language = "en" }],
        Phones = [new Phone { Number = "+13055550100", Type = "voice", Label = "Office" }],
        Translations = [new Translation { Language = "es", Summary = "Contesta llamadas.", Provenance = "machine", Texts = [new TranslatedText { Path = "phones[0].label", Text = "Oficina" }] }],
    });

    private static readonly StarterEntry Action = new("serve-everyone", new PolicyAction { Name = "Serve everyone", Theme = "serveEveryone", Steps = ["Decide.", "Post it."] });

    private EditorialOffice _office = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StarterRelease Release => new(_office.Entries, _office.Clock, e => e.Name == EditorialOffice.Invalid
        ? new ValidationResult([new ValidationFailure("name", "Choose another name.")])
        : new ValidationResult());

    public async ValueTask InitializeAsync()
    {
        _office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        await ApplyAsync(Hotline, Action);
    }

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task A_release_that_says_the_same_changes_nothing()
    {
        Assert.Empty(await CompareAsync(Hotline, Action));
        Assert.Empty(await ApplyAsync(Hotline, Action));
        Assert.Equal(1, (await RowAsync("hotline")).LatestRevision);
    }

    [Fact]
    public async Task New_entries_come_in_as_drafts_once()
    {
        var card = new StarterEntry("card", new Material { Name = "Card", MaterialType = "card" });

        var compared = Assert.Single(await CompareAsync(Hotline, Action, card));
        Assert.Equal(("card", "Card", StarterOutcome.New, null), (compared.Slug, compared.Name, compared.Outcome, compared.EntryId));
        Assert.Null(await _office.DoAsync(s => EntryStore.FindBySlugAsync(s, "card", Cancellation)));

        Assert.Equal(StarterOutcome.New, Assert.Single(await ApplyAsync(Hotline, Action, card)).Outcome);
        var row = await RowAsync("card");
        Assert.Equal((Listing.Unpublished, DraftState.Draft, 1), (row.Listing, row.DraftState, row.LatestRevision));
        Assert.Empty(await ApplyAsync(Hotline, Action, card));
    }

    [Fact]
    public async Task Changes_of_an_entry_that_nobody_edited_come_in_as_a_draft()
    {
        await PublishAsync("hotline");
        var newer = Of(Hotline, o => o with { Summary = "Answers calls day and night.", Phones = [.. o.Phones, new Phone { Number = "988", Type = "voice" }] });

        var item = Assert.Single(await CompareAsync(newer, Action));
        Assert.Equal(StarterOutcome.Changed, item.Outcome);
        Assert.Equal([("summary", "Answers calls.", "Answers calls day and night."), ("phones[1].number", null, "988"), ("phones[1].type", null, "voice")],
            item.Changes.Select(c => (c.Path, c.Before, c.After)));
        Assert.Empty(item.Kept);

        await ApplyAsync(newer, Action);
        var row = await RowAsync("hotline");
        Assert.Equal((Listing.Published, DraftState.Draft, 2, 1), (row.Listing, row.DraftState, row.LatestRevision, row.PublishedRevision));
        Assert.Equal(EntryJson.Write(newer.Entry), await BodyAsync("hotline"));
        Assert.Equal("Changes of this release.", (await RevisionAsync("hotline")).Note);
        Assert.Empty(await CompareAsync(newer, Action));
    }

    [Fact]
    public async Task What_the_department_edited_is_never_overwritten_and_both_values_are_shown()
    {
        await EditAsync("hotline", o => o with { Summary = "Our own words.", Website = "https://hotline.example.org/us" });
        var newer = Of(Hotline, o => o with { Summary = "Answers calls day and night.", Description = "Open every day." });

        var item = Assert.Single(await CompareAsync(newer, Action));
        Assert.Equal([("description", "Open on weekdays.", "Open every day.")], item.Changes.Select(c => (c.Path, c.Before, c.After)));
        Assert.Equal([new KeptField("summary", "Our own words.", "Answers calls day and night.")], item.Kept);

        await ApplyAsync(newer, Action);
        var merged = await ReadAsync<Organization>("hotline");
        Assert.Equal(("Our own words.", "Open every day.", "https://hotline.example.org/us"), (merged.Summary, merged.Description, merged.Website));
        Assert.Equal("Changes of this release. Kept as edited here: summary.", (await RevisionAsync("hotline")).Note);
        Assert.Empty(await CompareAsync(newer, Action));
    }

    [Fact]
    public async Task A_field_that_both_changed_is_not_asked_about_again_with_the_next_release()
    {
        await EditAsync("hotline", o => o with { Summary = "Our own words." });
        var second = Of(Hotline, o => o with { Summary = "Second." });
        Assert.Equal(StarterOutcome.Kept, Assert.Single(await ApplyAsync(second, Action)).Outcome);
        Assert.Equal(2, (await RowAsync("hotline")).LatestRevision);

        var third = Of(second, o => o with { Description = "Third." });
        var item = Assert.Single(await ApplyAsync(third, Action));
        Assert.Equal((StarterOutcome.Changed, 0), (item.Outcome, item.Kept.Count));
        var merged = await ReadAsync<Organization>("hotline");
        Assert.Equal(("Our own words.", "Third."), (merged.Summary, merged.Description));
    }

    [Fact]
    public async Task A_list_of_steps_that_both_changed_stays_as_the_department_has_it()
    {
        await EditAsync<PolicyAction>("serve-everyone", a => a with { Steps = ["Decide together.", "Post it."] });
        var newer = Of<PolicyAction>(Action, a => a with { Steps = ["Decide and sign.", "Post it.", "Check it."] });

        Assert.Equal(StarterOutcome.Kept, Assert.Single(await ApplyAsync(Hotline, newer)).Outcome);
        Assert.Equal(["Decide together.", "Post it."], (await ReadAsync<PolicyAction>("serve-everyone")).Steps);
    }

    /// <summary>Translated texts name a place in a list. The department's own item must not get the translation of another.</summary>
    [Fact]
    public async Task Translations_stay_with_their_text_when_both_lists_grow()
    {
        await EditAsync("hotline", o => o with { Phones = [new Phone { Number = "+13055550199", Type = "voice", Label = "Our line" }, .. o.Phones], Translations = [o.Translations[0] with { Texts = [new TranslatedText { Path = "phones[0].label", Text = "Nuestra línea" }, new TranslatedText { Path = "phones[1].label", Text = "Oficina" }] }] });
        var newer = Of(Hotline, o => o with
        {
            Phones = [.. o.Phones, new Phone { Number = "+13055550111", Type = "voice", Label = "At night" }],
            Translations = [o.Translations[0] with { Texts = [.. o.Translations[0].Texts, new TranslatedText { Path = "phones[1].label", Text = "De noche" }] }],
        });

        await ApplyAsync(newer, Action);
        var merged = await ReadAsync<Organization>("hotline");
        var spanish = merged.Translations.Single().Texts.ToDictionary(t => t.Path, t => t.Text);
        Assert.Equal(
            [("At night", "De noche"), ("Office", "Oficina"), ("Our line", "Nuestra línea")],
            merged.Phones.Select((p, i) => (p.Label!, spanish[$"phones[{i}].label"])).Order());
    }

    [Fact]
    public async Task A_translation_that_the_department_corrected_stays()
    {
        await EditAsync("hotline", o => o with { Translations = [o.Translations[0] with { Provenance = "human", Texts = [new TranslatedText { Path = "phones[0].label", Text = "La oficina" }] }] });
        var newer = Of(Hotline, o => o with { Translations = [o.Translations[0] with { Summary = "Atiende llamadas.", Texts = [new TranslatedText { Path = "phones[0].label", Text = "Despacho" }] }] });

        var item = Assert.Single(await ApplyAsync(newer, Action));
        Assert.Equal([new KeptField("translations[es].phones[0].label", "La oficina", "Despacho")], item.Kept);
        var spanish = (await ReadAsync<Organization>("hotline")).Translations.Single();
        Assert.Equal(("human", "Atiende llamadas.", "La oficina"), (spanish.Provenance, spanish.Summary, spanish.Texts.Single().Text));
    }

    [Fact]
    public async Task Entries_that_the_release_drops_are_named_and_left_as_they_are()
    {
        var item = Assert.Single(await ApplyAsync(Action));
        Assert.Equal(("hotline", StarterOutcome.Gone, "The release no longer has it. Check whether it is still true."), (item.Slug, item.Outcome, item.Reason));
        Assert.Equal(1, (await RowAsync("hotline")).LatestRevision);
    }

    [Theory]
    [InlineData(Listing.DoNotList, "It asked not to be listed.")]
    [InlineData(Listing.Retired, "It was retired here.")]
    public async Task Entries_that_must_not_come_back_are_left_alone(Listing listing, string reason)
    {
        var id = (await RowAsync("hotline")).EntryId;
        await PublishAsync("hotline");
        await _office.DoAsync(s => _office.Publisher.WithdrawAsync(s, id, listing, EditorialOffice.Reviewer, "They asked.", mergedInto: null, Cancellation));
        var newer = Of(Hotline, o => o with { Summary = "Answers calls day and night." });

        var item = Assert.Single(await ApplyAsync(newer, Action));
        Assert.Equal((StarterOutcome.LeftAlone, reason), (item.Outcome, item.Reason));
        Assert.Equal((listing, 1), ((await RowAsync("hotline")).Listing, (await RowAsync("hotline")).LatestRevision));
    }

    [Fact]
    public async Task A_new_entry_of_somebody_who_asked_not_to_be_listed_does_not_come_in()
    {
        var own = await _office.PublishNewAsync(new Organization { Name = "Quiet", Phones = [new Phone { Number = "+13055550177", Type = "voice" }] });
        await _office.DoAsync(s => _office.Publisher.WithdrawAsync(s, own, Listing.DoNotList, EditorialOffice.Reviewer, "They asked.", mergedInto: null, Cancellation));
        var same = new StarterEntry("quiet-again", new Organization { Name = "Quiet again", Phones = [new Phone { Number = "+13055550177", Type = "voice" }] });

        var item = Assert.Single(await ApplyAsync(Hotline, Action, same));
        Assert.Equal((StarterOutcome.LeftAlone, "An entry with the same phone asked not to be listed."), (item.Outcome, item.Reason));
        Assert.Null(await _office.DoAsync(s => EntryStore.FindBySlugAsync(s, "quiet-again", Cancellation)));
    }

    [Fact]
    public async Task An_entry_in_review_waits_for_its_reviewer()
    {
        await _office.DoAsync(async s => await _office.Reviews.SubmitAsync(s, (await EntryStore.FindBySlugAsync(s, "hotline", Cancellation))!.EntryId, 1, EditorialOffice.Writer, null, Cancellation));
        var newer = Of(Hotline, o => o with { Summary = "Answers calls day and night." });

        Assert.Equal(StarterOutcome.InReview, Assert.Single(await ApplyAsync(newer, Action)).Outcome);
        Assert.Equal(DraftState.InReview, (await RowAsync("hotline")).DraftState);
        Assert.Equal(StarterOutcome.InReview, Assert.Single(await CompareAsync(newer, Action)).Outcome);
    }

    [Fact]
    public async Task Entries_that_would_not_be_valid_are_refused_with_the_reason()
    {
        var item = Assert.Single(await ApplyAsync(Of(Hotline, o => o with { Name = EditorialOffice.Invalid }), Action));
        Assert.Equal((StarterOutcome.Refused, "name: Choose another name."), (item.Outcome, item.Reason));
        Assert.Equal("Hotline", (await RowAsync("hotline")).Name);
    }

    [Fact]
    public async Task An_entry_is_known_by_the_slug_of_the_release_whatever_the_department_calls_it()
    {
        var id = (await RowAsync("hotline")).EntryId;
        await _office.DoAsync(s => _office.Entries.ChangeSlugAsync(s, id, "our-hotline", EditorialOffice.Writer, Cancellation));
        await _office.PublishNewAsync(new Organization { Name = "Card" });
        var card = new StarterEntry("card", new Material { Name = "Card", MaterialType = "card" });

        Assert.Equal([StarterOutcome.New], (await ApplyAsync(Hotline, Action, card)).Select(i => i.Outcome));
        Assert.Equal(EntryKind.Material, (await RowAsync("card-2")).Kind);
        Assert.Empty(await ApplyAsync(Hotline, Action, card));
    }

    [Fact]
    public async Task Samples_take_no_part()
    {
        var sample = new StarterEntry("sample-a", new Organization { Name = "Sample: A", Tags = ["sample"] });
        Assert.Empty(await ApplyAsync(Hotline, Action, sample));
    }

    [Fact]
    public async Task A_directory_that_was_just_filled_is_as_the_release_has_it()
    {
        await using var fresh = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        await DirectorySetup.PrepareAsync(fresh.Database, fresh.Clock, StarterContent.Samples, Cancellation);
        var release = new StarterRelease(fresh.Entries, fresh.Clock, _ => new ValidationResult());
        Assert.Empty(await fresh.DoAsync(s => release.CompareAsync(s, StarterDirectory.Read(), Cancellation)));
    }

    private static StarterEntry Of(StarterEntry starter, Func<Organization, Organization> change) => Of<Organization>(starter, change);

    private static StarterEntry Of<T>(StarterEntry starter, Func<T, T> change)
        where T : Entry => starter with { Entry = change((T)starter.Entry) };

    private Task<IReadOnlyList<StarterItem>> CompareAsync(params StarterEntry[] release) => _office.DoAsync(s => Release.CompareAsync(s, release, Cancellation));

    private Task<IReadOnlyList<StarterItem>> ApplyAsync(params StarterEntry[] release) => Release.ApplyAsync(_office.Database, release, Cancellation);

    private Task<EntryRow> RowAsync(string slug) => _office.DoAsync(async s => (await EntryStore.FindBySlugAsync(s, slug, Cancellation))!);

    private Task<Revision> RevisionAsync(string slug) => _office.DoAsync(async s =>
    {
        var row = (await EntryStore.FindBySlugAsync(s, slug, Cancellation))!;
        return await EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, Cancellation);
    });

    private async Task<string> BodyAsync(string slug) => (await RevisionAsync(slug)).Body;

    private async Task<T> ReadAsync<T>(string slug)
        where T : Entry => (T)EntryJson.Read(await BodyAsync(slug));

    private Task EditAsync(string slug, Func<Organization, Organization> change) => EditAsync<Organization>(slug, change);

    private async Task EditAsync<T>(string slug, Func<T, T> change)
        where T : Entry
    {
        var (row, entry) = (await RowAsync(slug), await ReadAsync<T>(slug));
        await _office.DoAsync(s => _office.Entries.SaveAsync(s, row.EntryId, row.LatestRevision, change(entry), EditorialOffice.Writer, "Edited here.", Cancellation));
    }

    private async Task PublishAsync(string slug)
    {
        var row = await RowAsync(slug);
        await _office.DoAsync(s => _office.Publisher.PublishAsync(s, row.EntryId, row.LatestRevision, "publish", EditorialOffice.Reviewer, null, Cancellation));
    }
}
