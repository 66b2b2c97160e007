using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Tests.Store.Databases;
using HealthEquity.Tests.Store.Presence;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Comments;

/// <summary>Comments on entries: who may change them, who is told, and where they are never seen.</summary>
public sealed class CommentStoreTests
{
    private static readonly Guid Ben = Reviewer.CuratorId!.Value;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_mention_waits_until_it_was_read(Dialect dialect)
    {
        await using var office = await PresenceStoreTests.OfficeAsync(dialect);
        var entry = await office.CreateAsync(Provider());
        var saved = await AddAsync(office, entry, " @ben: they moved,\r\nask @nobody and @ana ");

        Assert.Equal([Ben], saved.Told);
        Assert.Equal(["@nobody"], saved.Unknown);
        var waiting = Assert.Single(await UnreadAsync(office, Ben));
        Assert.Equal((entry, "Clínica del Sol", "@ben: they moved,\nask @nobody and @ana"), (waiting.EntryId, waiting.EntryName, waiting.Text));
        Assert.Empty(await UnreadAsync(office, Writer.CuratorId!.Value));
        Assert.True(Assert.Single(await ListAsync(office, entry, Ben)).IsUnread);
        Assert.False(Assert.Single(await ListAsync(office, entry, Writer.CuratorId!.Value)).IsUnread);

        await office.DoAsync(s => office.Stores.Comments.MarkReadAsync(s, Ben, [saved.CommentId], Cancellation));
        Assert.Empty(await UnreadAsync(office, Ben));
        Assert.False(Assert.Single(await ListAsync(office, entry, Ben)).IsUnread);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_comment_from_a_time_when_a_clock_was_ahead_does_not_stay_changeable_until_then(Dialect dialect)
    {
        await using var office = await PresenceStoreTests.OfficeAsync(dialect);
        var comment = new EntryComment { CreatedAt = office.Clock.GetUtcNow().AddDays(500) };
        Assert.False(office.Stores.Comments.IsChangeable(comment));
        Assert.True(office.Stores.Comments.IsChangeable(comment with { CreatedAt = office.Clock.GetUtcNow().AddMinutes(-14) }));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task The_author_changes_a_comment_for_a_while_and_deletes_it_at_any_time(Dialect dialect)
    {
        await using var office = await PresenceStoreTests.OfficeAsync(dialect);
        var entry = await office.CreateAsync(Provider());
        var id = (await AddAsync(office, entry, "Ask the desk.")).CommentId;

        Assert.Equal("Only its author can change a comment.", await RefusalAsync(office, s => office.Stores.Comments.ChangeAsync(s, id, "Mine", Reviewer, Cancellation)));
        await office.DoAsync(s => office.Stores.Comments.ChangeAsync(s, id, "Ask @ben.", Writer, Cancellation));
        Assert.Single(await UnreadAsync(office, Ben));
        await office.DoAsync(s => office.Stores.Comments.ChangeAsync(s, id, "Ask them.", Writer, Cancellation));
        Assert.Empty(await UnreadAsync(office, Ben));
        Assert.Equal(("Ask them.", office.Clock.GetUtcNow()), Assert.Single(await ListAsync(office, entry, Ben)) is var one ? (one.Text, one.ChangedAt) : default);

        office.Clock.Advance(CommentStore.ChangeTime);
        Assert.Equal("A comment can be changed for 15 minutes. Add another one.", await RefusalAsync(office, s => office.Stores.Comments.ChangeAsync(s, id, "Late", Writer, Cancellation)));
        Assert.Equal("Only its author or an administrator can delete a comment.", await RefusalAsync(office, s => office.Stores.Comments.DeleteAsync(s, id, Reviewer, isAdministrator: false, Cancellation)));
        await office.DoAsync(s => office.Stores.Comments.DeleteAsync(s, id, Writer, isAdministrator: false, Cancellation));
        var second = (await AddAsync(office, entry, "Tell @ben.")).CommentId;
        await office.DoAsync(s => office.Stores.Comments.DeleteAsync(s, second, Administrator, isAdministrator: true, Cancellation));
        Assert.Empty(await ListAsync(office, entry, Ben));
        Assert.Empty(await UnreadAsync(office, Ben));

        var audited = await office.DoAsync(s => AuditReader.ReadAsync(s, new AuditFilter { Subject = $"entry:{entry}" }, null, 20, Cancellation));
        Assert.Equal(["deleteComment", "addComment", "deleteComment", "changeComment", "changeComment", "addComment"], audited.Select(a => a.Activity).Where(a => a.EndsWith("Comment", StringComparison.Ordinal)));
        Assert.DoesNotContain(audited, a => a.Detail?.Contains("Ask", StringComparison.Ordinal) == true);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task What_is_empty_too_long_or_ambiguous_is_refused(Dialect dialect)
    {
        await using var office = await PresenceStoreTests.OfficeAsync(dialect);
        await PresenceStoreTests.AddAsync(office, Guid.CreateVersion7(), "ben.lee@health.example", "Ben Lee");
        var entry = await office.CreateAsync(Provider());

        Assert.Equal("Enter a comment.", await RefusalAsync(office, s => office.Stores.Comments.AddAsync(s, entry, " \n ", Writer, Cancellation)));
        Assert.Equal(
            "The comment is 2001 characters long. The limit is 2000.", await RefusalAsync(office, s => office.Stores.Comments.AddAsync(s, entry, new string('x', 2001), Writer, Cancellation)));
        await AddAsync(office, entry, new string('é', CommentStore.MaxTextLength));
        await Assert.ThrowsAsync<NotFoundException>(() => AddAsync(office, Guid.NewGuid(), "Nowhere"));
        await PresenceStoreTests.AddAsync(office, Guid.CreateVersion7(), "ruiz@health.example", "Ana Ruiz");
        Assert.Equal(
            "“@ana ruiz” is the name of more than one person. Write @ana@health.example (Ana Ruiz) or @ruiz@health.example (Ana Ruiz).",
            await RefusalAsync(office, s => office.Stores.Comments.AddAsync(s, entry, "Hello @ana ruiz!", Writer, Cancellation)));
    }

    [Theory]
    [InlineData("@ben", "Ben Cho")]
    [InlineData("Ask @BEN, please", "Ben Cho")]
    [InlineData("(@bea.cho@health.example)", "Bea Cho")]
    [InlineData("@Ben Lee and @José Núñez.", "Ben Lee, José Núñez")]
    [InlineData("@josé", "José Núñez")]
    [InlineData("write to desk@ben.example or ana@ben", "")]
    [InlineData("@bensonhurst @ben-hur @ben_2", "?bensonhurst, ?ben-hur, ?ben_2")]
    [InlineData("@gone", "?gone")]
    [InlineData("at 9 @ the desk, @@ben", "")]
    public void A_name_is_the_longest_that_stands_behind_the_sign(string text, string named)
    {
        var curators = new[] { ("ben@health.example", "Ben Cho"), ("bea.cho@health.example", "Bea Cho"), ("lee@health.example", "Ben Lee"), ("jn@health.example", "José Núñez"), ("gone@health.example", "Gone") }
            .Select((c, i) => new HealthEquity.Store.Curators.Curator { CuratorId = Guid.CreateVersion7(), UserName = c.Item1, DisplayName = c.Item2, DisabledAt = i == 4 ? DateTimeOffset.UnixEpoch : null }).ToList();

        var found = Mentions.FindAgain(text, curators);

        Assert.Equal(
            named.Length == 0 ? [] : named.Split(", "),
            found.Select(m => curators.FirstOrDefault(c => c.CuratorId == m.CuratorId)?.DisplayName ?? $"?{text.AsSpan(m.Start + 1, m.Length - 1)}"));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task After_a_merge_the_surviving_entry_shows_the_comments_and_an_undo_gives_them_back(Dialect dialect)
    {
        await using var office = await PresenceStoreTests.OfficeAsync(dialect);
        var (one, two, three) = (await office.PublishNewAsync(Provider("One")), await office.PublishNewAsync(Provider("Two")), await office.PublishNewAsync(Provider("Three")));
        await AddAsync(office, one, "On one, @ben.");
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(office, two, "On two.");
        await MergeAsync(office, two, one, "Two");
        await MergeAsync(office, three, two, "Three");

        Assert.Equal([("One", "On one, @ben."), ("Two", "On two.")], (await ListAsync(office, three, Ben)).Select(c => (c.EntryName, c.Text)));
        Assert.Equal(two, Assert.Single(await UnreadAsync(office, Ben)).EntryId);
        Assert.Equal("This entry was merged into another one. Comment there.", await RefusalAsync(office, s => office.Stores.Comments.AddAsync(s, two, "Late", Writer, Cancellation)));

        await office.DoAsync(s => office.Stores.Merges.UndoAsync(s, two, Writer, Cancellation));
        Assert.Empty(await ListAsync(office, three, Ben));
        Assert.Equal(2, (await ListAsync(office, two, Ben)).Count);
    }

    [Fact]
    public async Task The_public_side_cannot_read_comments_or_presence()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await using var session = await office.Database.As(DatabaseAccess.Public).OpenAsync(Cancellation);
        foreach (var table in new[] { "EntryComment", "CommentMention", "Presence" })
        {
            var refusal = await Assert.ThrowsAnyAsync<Exception>(() => session.ExecuteAsync(new Sql("test", $"SELECT CuratorId FROM {table}"), null, Cancellation));
            Assert.Matches("not authorized|prohibited", refusal.Message);
        }
    }

    private static Task<SavedComment> AddAsync(EditorialOffice office, Guid entry, string text) =>
        office.DoAsync(s => office.Stores.Comments.AddAsync(s, entry, text, Writer, Cancellation));

    private static Task<IReadOnlyList<EntryComment>> ListAsync(EditorialOffice office, Guid entry, Guid reader) => office.DoAsync(s => CommentStore.ListAsync(s, entry, reader, Cancellation));

    private static Task<IReadOnlyList<EntryComment>> UnreadAsync(EditorialOffice office, Guid curator) => office.DoAsync(s => CommentStore.UnreadAsync(s, curator, Cancellation));

    private static async Task<string> RefusalAsync(EditorialOffice office, Func<DbSession, Task> work) => (await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(work))).Message;

    private static async Task MergeAsync(EditorialOffice office, Guid survivor, Guid loser, string name)
    {
        var (to, from) = (await office.ReadAsync(survivor), await office.ReadAsync(loser));
        await office.DoAsync(s => office.Stores.Merges.MergeAsync(s, new MergeRequest(survivor, to.LatestRevision, loser, from.LatestRevision, Provider(name)), Writer, Cancellation));
    }
}
