using System.Text.Json;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Storage;
using HealthEquity.Db.Verification;
using HealthEquity.Tests.Storage;
using static HealthEquity.Tests.Storage.EditorialOffice;

namespace HealthEquity.Tests.Verifications;

public sealed class VerificationStoreTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Only_a_confirming_check_moves_the_assured_date_and_the_public_sees_it(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await Check(office, id, "unreachable", Today);
        Assert.Null((await office.ReadAsync(id)).AssuredOn);

        await Check(office, id, Verification.Confirmed, Today.AddDays(-1));
        var entry = await office.ReadAsync(id);
        Assert.Equal((Today.AddDays(-1), Today.AddDays(89)), (entry.AssuredOn, entry.CheckDueOn));
        var published = Assert.Single(await office.FeedAsync());
        Assert.Equal((2L, Today.AddDays(-1)), (published.Sequence, published.AssuredOn));
        Assert.Equal("2026-02-28", JsonDocument.Parse(published.Body!).RootElement.GetProperty("assuredOn").GetString());
        Assert.Equal("2026-05-29", JsonDocument.Parse(published.Body!).RootElement.GetProperty("checkDueOn").GetString());

        // An older check that is recorded late takes nothing back.
        await Check(office, id, Verification.Confirmed, Today.AddDays(-30));
        Assert.Equal(Today.AddDays(-1), (await office.ReadAsync(id)).AssuredOn);
        Assert.Equal(3, (await office.DoAsync(s => VerificationStore.ListAsync(s, id, Cancellation))).Count);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Saving_and_publishing_do_not_verify(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await Check(office, id, Verification.Confirmed, Today);
        office.Clock.Advance(TimeSpan.FromDays(10));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("Edited"), Writer, null, Cancellation));
        await office.DoAsync(s => office.Publisher.PublishAsync(s, id, 2, "publish", Reviewer, null, Cancellation));

        var document = JsonDocument.Parse(Assert.Single(await office.FeedAsync()).Body!).RootElement;
        Assert.Equal("2026-03-01", document.GetProperty("assuredOn").GetString());
        Assert.StartsWith("2026-03-11", document.GetProperty("updatedAt").GetString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_check_in_the_future_is_refused(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, Verification.Confirmed, Today.AddDays(2)));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task What_nobody_checks_is_suspended_after_the_grace_period_and_not_before(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        var fresh = await office.PublishNewAsync(Provider("Checked in time"));
        office.Clock.Advance(TimeSpan.FromDays(90 + 90));
        await Check(office, fresh, Verification.Confirmed, Today.AddDays(180));
        Assert.Equal(0, await office.Verifications.SuspendOverdueAsync(office.Database, Cancellation));

        office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await office.Verifications.SuspendOverdueAsync(office.Database, Cancellation));
        Assert.Equal(Listing.Suspended, (await office.ReadAsync(id)).Listing);
        Assert.Equal(Listing.Published, (await office.ReadAsync(fresh)).Listing);
        Assert.Equal(0, await office.Verifications.SuspendOverdueAsync(office.Database, Cancellation));
    }

    private static Task Check(EditorialOffice office, Guid id, string outcome, DateOnly on) => office.DoAsync(s =>
        office.Verifications.RecordAsync(s, new Verification { EntryId = id, Method = "telephone", Outcome = outcome, CheckedOn = on }, Reviewer, Cancellation));
}
