using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Publishing;

public sealed class PublisherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_publication_appears_in_the_feed_with_the_next_number(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var first = await office.PublishNewAsync(Provider("One"));
        var second = await office.PublishNewAsync(Provider("Two"));

        var feed = await office.FeedAsync();
        Assert.Equal([(1, first), (2, second)], feed.Select(p => (p.Sequence, p.EntryId)));
        Assert.Equal("Two", Json(feed[1]).GetProperty("name").GetString());
        Assert.Equal("two", Json(feed[1]).GetProperty("slug").GetString());
        Assert.Equal(2, (await office.Published.LatestAsync(Cancellation)).Sequence);
        var entry = await office.ReadAsync(first);
        Assert.Equal((Listing.Published, DraftState.None, 1), (entry.Listing, entry.DraftState, entry.PublishedRevision));
        Assert.Equal(new DateOnly(2026, 3, 1).AddDays(90), entry.CheckDueOn);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Private_and_editorial_data_never_reaches_the_public_table(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        const string secret = "zebra";
        await office.PublishNewAsync(new Organization
        {
            Name = "Shelter network",
            InternalNotes = secret,
            Consent = new Consent { Status = "granted", GivenBy = secret },
            Locations =
            [
                new Location { Visibility = Visibility.Private, Address1 = secret, City = secret },
                new Location
                {
                    Visibility = Visibility.Area, Name = secret, Address1 = secret, Address2 = secret, City = secret, PostalCode = secret,
                    Transit = secret, Latitude = 25.1, Longitude = -80.1, County = "Miami-Dade County", StateProvince = "FL",
                    Phones = [new Phone { Number = secret }],
                },
                new Location { Visibility = Visibility.Public, Address1 = "1 Main Street", City = "Miami" },
            ],
        });

        var published = Assert.Single(await office.FeedAsync());
        Assert.DoesNotContain(secret, published.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("25.1", published.Body, StringComparison.Ordinal);
        var locations = Json(published).GetProperty("locations").EnumerateArray().ToList();
        Assert.Equal(["area", "public"], locations.Select(l => l.GetProperty("visibility").GetString()));
        Assert.Equal("Miami-Dade County", locations[0].GetProperty("county").GetString());
        Assert.Equal("1 Main Street", locations[1].GetProperty("address1").GetString());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Withdrawing_leaves_a_tombstone_and_resuming_brings_the_entry_back(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, id, Listing.Suspended, Reviewer, "Number does not answer.", null, Cancellation));

        var tombstone = Assert.Single(await office.FeedAsync());
        Assert.Equal((2L, null), (tombstone.Sequence, tombstone.Body));
        Assert.Equal(office.Clock.GetUtcNow(), tombstone.WithdrawnAt);
        Assert.Equal("Number does not answer.", (await office.ReadAsync(id)).ListingReason);

        Assert.Equal(3, await office.DoAsync(s => office.Publisher.ResumeAsync(s, id, Reviewer, null, Cancellation)));
        var back = Assert.Single(await office.FeedAsync());
        Assert.Null(back.WithdrawnAt);
        Assert.NotNull(back.Body);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_entry_that_asked_not_to_be_listed_is_never_published_again(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, id, Listing.DoNotList, Reviewer, "Asked by telephone.", null, Cancellation));

        await Assert.ThrowsAsync<RefusedException>(() =>
            office.DoAsync(s => office.Publisher.PublishAsync(s, id, 1, "publish", Reviewer, null, Cancellation)));
        await Assert.ThrowsAsync<RefusedException>(() =>
            office.DoAsync(s => office.Publisher.PublishAsync(s, id, 1, "publish", Reviewer, null, Cancellation, again: true)));
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Publisher.ResumeAsync(s, id, Reviewer, null, Cancellation)));
        // Nor by a detour, although suspended and retired entries can be made public again.
        foreach (var detour in new[] { Listing.Suspended, Listing.Retired })
        {
            await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Publisher.WithdrawAsync(s, id, detour, Reviewer, "x", null, Cancellation)));
        }

        Assert.Empty((await office.DoAsync(s => office.Publisher.PublishLatestAsync(s, [id], "publish", Reviewer, null, Cancellation))).Published);
        Assert.Null(await office.DoAsync(s => office.Publisher.RefreshAsync(s, id, Cancellation)));
        await office.DoAsync(s => office.Entries.RestoreAsync(s, id, 1, 1, Writer, Cancellation));
        var submitted = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 2, Writer, null, Cancellation)));
        Assert.Contains("asked not to be listed", submitted.Message, StringComparison.Ordinal);
        Assert.Equal((Listing.DoNotList, "Asked by telephone."), ((await office.ReadAsync(id)).Listing, (await office.ReadAsync(id)).ListingReason));
        Assert.Null(Assert.Single(await office.FeedAsync()).Body);
        Assert.Equal(2, (await office.Published.LatestAsync(Cancellation)).Sequence);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_draft_in_review_is_not_approved_after_the_entry_asked_not_to_be_listed(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider());
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, id, Listing.DoNotList, Writer, "Asked.", null, Cancellation));

        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 1, Reviewer, null, Cancellation, again: true)));
        Assert.Empty(await office.FeedAsync());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_entry_that_was_taken_down_is_published_again_only_on_request(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider("Old number"));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("New number"), Writer, null, Cancellation));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 2, Writer, null, Cancellation));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, id, Listing.Suspended, Writer, "Number does not answer", null, Cancellation));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation)));
        Assert.Contains("unpublished (Number does not answer)", refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await office.DoAsync(s => office.Publisher.PublishLatestAsync(s, [id], "publish", Reviewer, null, Cancellation))).Published);
        Assert.Null(Assert.Single(await office.FeedAsync()).Body);
        Assert.Equal(DraftState.InReview, (await office.ReadAsync(id)).DraftState);

        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation, again: true));
        Assert.Equal("New number", Json(Assert.Single(await office.FeedAsync())).GetProperty("name").GetString());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Only_public_entries_can_be_suspended(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var draft = await office.CreateAsync(Provider());

        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Publisher.WithdrawAsync(s, draft, Listing.Suspended, Reviewer, "x", null, Cancellation)));
        Assert.Equal(Listing.Unpublished, (await office.ReadAsync(draft)).Listing);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_and_nothing_is_taken_down()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var id = await office.PublishNewAsync(Provider());

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(
            s => office.Publisher.WithdrawAsync(s, id, Listing.Suspended, Reviewer, new string('x', Publisher.MaxReasonLength + 1), null, Cancellation)));

        Assert.Contains("The reason is 1001 characters long. The limit is 1000", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Listing.Published, (await office.ReadAsync(id)).Listing);
    }

    [Fact]
    public async Task An_entry_with_refused_consent_is_not_published()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await Assert.ThrowsAsync<RefusedException>(() => office.PublishNewAsync(Provider() with { Consent = new Consent { Status = "refused" } }));
        Assert.Empty(await office.FeedAsync());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Numbers_have_no_gaps_after_refusals_and_rollbacks(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (draft, retired) = (await office.CreateAsync(Provider("Draft")), await office.CreateAsync(Provider("Retired")));
        var seen = new List<long>();
        for (var n = 0; n < 4; n++)
        {
            var id = await office.PublishNewAsync(Provider($"Number {n}"));
            seen.Add((await office.FeedAsync()).Single(p => p.EntryId == id).Sequence);
            // Withdrawing an entry that is not public takes no number, nor does a failed transaction.
            Assert.Null(await office.DoAsync(s => office.Publisher.WithdrawAsync(s, retired, Listing.Retired, Reviewer, "x", null, Cancellation)));
            await Assert.ThrowsAsync<InvalidOperationException>(() => office.DoAsync(async s =>
            {
                await office.Publisher.PublishAsync(s, draft, 1, "publish", Reviewer, null, Cancellation);
                throw new InvalidOperationException("power cut");
            }));
        }

        Assert.Equal([1, 2, 3, 4], seen);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Concurrent_publishers_share_one_sequence_without_gaps(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => office.PublishNewAsync(Provider($"Entry {n}"))));

        Assert.Equal(Enumerable.Range(1, 12).Select(n => (long)n), (await office.FeedAsync()).Select(p => p.Sequence));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_changed_slug_is_published_with_the_former_slug(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider("Old name"));
        await office.DoAsync(s => office.Entries.ChangeSlugAsync(s, id, "new-name", Writer, Cancellation));
        await office.DoAsync(s => office.Publisher.RefreshAsync(s, id, Cancellation));

        var document = Json(Assert.Single(await office.FeedAsync()));
        Assert.Equal("new-name", document.GetProperty("slug").GetString());
        Assert.Equal("old-name", Assert.Single(document.GetProperty("formerSlugs").EnumerateArray()).GetString());
    }

    private static JsonElement Json(PublishedEntry published) => JsonDocument.Parse(published.Body!).RootElement;
}
