using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Verification;

public sealed class VerificationStoreTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Only_a_confirming_check_updates_the_public_assured_date(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await Check(office, id, "unreachable", Today);
        Assert.Null((await office.ReadAsync(id)).AssuredOn);

        await Check(office, id, VerificationRecord.Confirmed, Today.AddDays(-1));
        var entry = await office.ReadAsync(id);
        Assert.Equal((Today.AddDays(-1), Today.AddDays(89)), (entry.AssuredOn, entry.CheckDueOn));
        var published = Assert.Single(await office.FeedAsync());
        Assert.Equal((2L, Today.AddDays(-1)), (published.Sequence, published.AssuredOn));
        Assert.Equal("2026-02-28", JsonDocument.Parse(published.Body!).RootElement.GetProperty("assuredOn").GetString());
        Assert.Equal("2026-05-29", JsonDocument.Parse(published.Body!).RootElement.GetProperty("checkDueOn").GetString());

        // An older check recorded late does not move the date back.
        await Check(office, id, VerificationRecord.Confirmed, Today.AddDays(-30));
        Assert.Equal(Today.AddDays(-1), (await office.ReadAsync(id)).AssuredOn);
        Assert.Equal(3, (await office.DoAsync(s => VerificationStore.ListAsync(s, id, Cancellation))).Count);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Saving_and_publishing_do_not_verify(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await Check(office, id, VerificationRecord.Confirmed, Today);
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
        await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, Today.AddDays(1)));
    }

    [Fact]
    public async Task Dates_are_in_the_departments_time_zone()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await office.DoAsync(s => office.Settings.WriteAsync(s, new DirectorySettings { TimeZone = "America/New_York" }, Administrator, Cancellation));
        // 8 PM in New York is 1 AM the next day in UTC.
        office.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        var id = await office.PublishNewAsync(Provider());
        Assert.Equal(Today.AddDays(90), (await office.ReadAsync(id)).CheckDueOn);

        await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, Today.AddDays(1)));
        await Check(office, id, VerificationRecord.Confirmed, Today);
        await office.DoAsync(async s => await office.Stores.Checks.RequestAsync(s, await EntryStore.ReadAsync(s, id, Cancellation), "x", Writer, Cancellation));
        Assert.Equal(Today, (await office.ReadAsync(id)).CheckDueOn);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_check_applies_to_the_public_version_and_not_to_a_draft(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("Not public"), Writer, null, Cancellation));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, Today, revision: 2));
        Assert.Contains("revision 1 is now current", refusal.Message, StringComparison.Ordinal);
        Assert.Null((await office.ReadAsync(id)).AssuredOn);
        await Check(office, id, VerificationRecord.Confirmed, Today, revision: 1);
        Assert.Equal(1, Assert.Single(await ListAsync(office, id)).Revision);

        // Another revision became public while the curator was on the phone.
        await office.DoAsync(s => office.Publisher.PublishAsync(s, id, 2, "publish", Reviewer, null, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, Today, revision: 1));
        Assert.Single(await ListAsync(office, id));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_entry_is_not_confirmed_while_a_field_is_wrong_or_has_changed(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        foreach (var found in new[] { "changed", "wrong" })
        {
            await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, Today, $$"""{"website":"confirmed","phones[0].number":"{{found}}"}"""));
            await Check(office, id, "changed", Today, $$"""{"website":"confirmed","phones[0].number":"{{found}}"}""");
        }

        Assert.Null((await office.ReadAsync(id)).AssuredOn);
        await Check(office, id, VerificationRecord.Confirmed, Today, AllAnswers);
        Assert.Equal(Today, (await office.ReadAsync(id)).AssuredOn);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task The_next_check_can_be_sooner_than_the_interval_but_not_later(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        var lastWeek = Today.AddDays(-7);

        await Check(office, id, VerificationRecord.Confirmed, lastWeek, nextOn: lastWeek.AddDays(30));
        Assert.Equal(lastWeek.AddDays(30), (await office.ReadAsync(id)).CheckDueOn);
        await Check(office, id, VerificationRecord.Confirmed, lastWeek, nextOn: lastWeek.AddDays(90));
        foreach (var day in new[] { lastWeek, lastWeek.AddDays(91) })
        {
            await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, lastWeek, nextOn: day));
        }

        // An unreachable entry can be tried again sooner but not later, or the grace period would never end.
        await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, "unreachable", Today, nextOn: lastWeek.AddDays(91)));
        Assert.Equal(lastWeek.AddDays(90), (await office.ReadAsync(id)).CheckDueOn);
        await Check(office, id, "unreachable", Today, nextOn: Today.AddDays(3));
        Assert.Equal((Today.AddDays(3), lastWeek), ((await office.ReadAsync(id)).CheckDueOn!.Value, (await office.ReadAsync(id)).AssuredOn!.Value));
        Assert.Contains(Today.AddDays(3).ToString("yyyy-MM-dd", null), (await office.FeedAsync())[^1].Body, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, "unreachable", Today, nextOn: Today.AddDays(10)));
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_refused()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var id = await office.PublishNewAsync(Provider());
        var check = new VerificationRecord { EntryId = id, Revision = 1, Method = "x", Outcome = "x", CheckedOn = Today };
        foreach (var (long1, name) in new[] { (check with { Note = new string('x', 2001) }, "The note"), (check with { Evidence = new string('x', 2001) }, "The evidence") })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Verifications.RecordAsync(s, long1, Reviewer, Cancellation)));
            Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_entry_is_confirmed_only_after_the_questions_that_its_kind_requires(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider());
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, Today, "{}"));
        Assert.Equal(
            ("Ask about these first: phone, place or area, cost, languages, immigration status, capacity. Without an answer, the entry can't be confirmed.", "phone"),
            (refused.Message, refused.Field));
        // Single fields count for their group; "not asked" is no answer, and "they could not say" is one.
        const string partly = """{"phones[0].number":"confirmed","serviceArea.states":"confirmed","cost":"","languages":"unsure","eligibility.immigrationStatus":"confirmed"}""";
        Assert.StartsWith(
            "Ask about these first: cost, capacity.",
            (await Assert.ThrowsAsync<RefusedException>(() => Check(office, id, VerificationRecord.Confirmed, Today, partly))).Message,
            StringComparison.Ordinal);
        Assert.Null((await office.ReadAsync(id)).AssuredOn);

        await Check(office, id, VerificationRecord.Confirmed, Today, AllAnswers);
        Assert.Equal(Today, (await office.ReadAsync(id)).AssuredOn);

        // A department decides what is required; other kinds need nothing.
        await office.DoAsync(s => office.Settings.WriteAsync(
            s, new DirectorySettings { RequiredQuestions = new Dictionary<string, IReadOnlyList<string>> { ["provider"] = ["hours"] } }, Administrator, Cancellation));
        await Check(office, id, VerificationRecord.Confirmed, Today, """{"hours":"confirmed"}""");
        await Check(office, await office.PublishNewAsync(new Organization { Name = "Red" }), VerificationRecord.Confirmed, Today, "{}");
    }

    private static async Task Check(
        EditorialOffice office, Guid id, string outcome, DateOnly on, string? fields = null, int? revision = null, DateOnly? nextOn = null)
    {
        var seen = revision ?? (await office.ReadAsync(id)).CheckedRevision;
        var check = new VerificationRecord { EntryId = id, Revision = seen, Method = "telephone", Outcome = outcome, CheckedOn = on, FieldOutcomes = fields ?? (outcome == VerificationRecord.Confirmed ? AllAnswers : null) };
        await office.DoAsync(s => office.Verifications.RecordAsync(s, check, Reviewer, Cancellation, nextOn));
    }

    private static Task<IReadOnlyList<VerificationRecord>> ListAsync(EditorialOffice office, Guid id) => office.DoAsync(s => VerificationStore.ListAsync(s, id, Cancellation));
}
