using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Verification;

public sealed class WorkQueueTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Only_public_entries_count_as_due_work(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        // Providers are due after 90 days: due 1 day ago, today, in 6, 7, 29 and 30 days.
        foreach (var (days, n) in new[] { 91, 90, 84, 83, 61, 60 }.Select((d, n) => (d, n)))
        {
            await CheckedAsync(office, $"P {n}", Today.AddDays(-days));
        }

        var gone = await CheckedAsync(office, "gone", Today.AddDays(-91));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, gone, Listing.Suspended, Reviewer, "Closed.", mergedInto: null, Cancellation));
        var waiting = await office.CreateAsync(Provider("waiting"));
        await office.CreateAsync(Provider("draft"));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, waiting, 1, Writer, null, Cancellation));
        // Checked today, so due in 90 days and not in the first counts.
        await CheckedAsync(office, Provider("full") with { Capacity = new Capacity { Status = "full", AsOf = Today.AddDays(-31) } }, Today);
        await CheckedAsync(office, Provider("open") with { Capacity = new Capacity { Status = "accepting", AsOf = Today.AddDays(-30) } }, Today);
        await CheckedAsync(office, Provider("licensed") with { Licenses = [new License { Type = "lcsw", Number = "1", State = "FL", ExpiresOn = Today.AddDays(10) }] }, Today);

        var counts = await office.DoAsync(s => WorkQueue.CountAsync(s, Reviewer.CuratorId!.Value, Today, Cancellation));

        Assert.Equal((1, 2, 2), (counts.Overdue, counts.Due, counts.Soon));
        Assert.Equal((1, 1, 1, 1), (counts.Drafts, counts.InReview, counts.Reviewable, counts.Suspended));
        Assert.Equal((1, 1), (counts.Credentials, counts.Capacity));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Freshness_and_coverage_count_public_entries_only(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await CheckedAsync(office, "in time", new DateOnly(2026, 2, 3), ["es", "en"], "FL:Orange County");
        await CheckedAsync(office, "in time too", new DateOnly(2026, 2, 27), ["es"], "FL:Miami-Dade County");
        await CheckedAsync(office, "late", new DateOnly(2025, 10, 1), ["ht"], "FL:Miami-Dade County");
        await office.PublishNewAsync(new Organization { Name = "never", Languages = [new LanguageOffered { Language = "es" }] });
        await office.CreateAsync(Provider("draft") with { Languages = [new LanguageOffered { Language = "ko" }] });

        var freshness = await office.DoAsync(s => WorkQueue.FreshnessAsync(s, Today, Cancellation));
        Assert.Equal(
            [("organization", null, 1, 0), ("provider", "2025-10", 1, 0), ("provider", "2026-02", 2, 2)],
            freshness.Select(f => (f.Kind, f.Heading, f.Number, f.InTime)).OrderBy(f => f.Kind).ThenBy(f => f.Heading));
        var languages = await office.DoAsync(s => WorkQueue.CoverageAsync(s, "language", Cancellation));
        Assert.Equal([("es", 3), ("en", 1), ("ht", 1)], languages.Select(l => (l.Heading, l.Number)));
        var counties = await office.DoAsync(s => WorkQueue.CoverageAsync(s, "county", Cancellation));
        Assert.Equal([("FL:Miami-Dade County", 2), ("FL:Orange County", 1)], counties.Select(c => (c.Heading, c.Number)));
    }

    private static Task<Guid> CheckedAsync(EditorialOffice office, string name, DateOnly on, string[]? languages = null, string? county = null) =>
        CheckedAsync(
            office,
            Provider(name) with
            {
                Languages = [.. (languages ?? []).Select(l => new LanguageOffered { Language = l })],
                ServiceArea = county is null ? null : new ServiceArea { Counties = [county] },
            },
            on);

    private static async Task<Guid> CheckedAsync(EditorialOffice office, Provider provider, DateOnly on)
    {
        var id = await office.PublishNewAsync(provider);
        await office.DoAsync(s => office.Verifications.RecordAsync(
            s, new VerificationRecord { EntryId = id, Revision = 1, Method = "phoneCall", Outcome = VerificationRecord.Confirmed, FieldOutcomes = AllAnswers, CheckedOn = on }, Writer, Cancellation));
        return id;
    }
}
