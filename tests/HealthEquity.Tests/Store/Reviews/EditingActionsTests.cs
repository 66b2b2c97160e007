using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Reviews;

/// <summary>Editing a field of many entries: drafts, one review, and undoing as a unit.</summary>
public sealed class EditingActionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_field_of_many_is_set_reviewed_as_one_and_undone_as_one(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        Guid[] ids = [await office.PublishNewAsync(Provider("Alba")), await office.PublishNewAsync(Provider("Bosque")), await office.PublishNewAsync(Provider("Cielo"))];
        var draft = await office.CreateAsync(Provider("Draft"));
        var material = await office.CreateAsync(new Material { Name = "Red card", MaterialType = "card", Editions = [] });
        var change = await EditAsync(office, new FieldEdit(FieldEdit.Availability, "set", "waitlist") { Label = "Set capacity to “Waiting list”" }, [.. ids, draft, material]);

        Assert.Equal((BulkState.Done, 4, 1), (change.State, change.Changed, change.Refused));
        Assert.Equal(["Red card: This kind of entry has no such field."], (await ItemsAsync(office, change, BulkItemState.Refused)).Select(i => $"{i.Name}: {i.Note}"));
        Assert.Equal(["waitlist", "waitlist", "waitlist", "waitlist"], await StatusesAsync(office, [.. ids, draft]));
        Assert.Equal([DraftState.InReview, DraftState.InReview, DraftState.InReview, DraftState.Draft], await DraftsAsync(office, [.. ids, draft]));

        // Somebody works on one of them: it is no longer reviewed with the others.
        await office.DoAsync(s => office.Entries.SaveAsync(s, ids[2], 2, Provider("Cielo changed"), Writer, null, Cancellation));
        var waiting = await office.DoAsync(s => BulkReview.WaitingAsync(s, change.BulkChangeId, Cancellation));
        Assert.Equal([("Alba", 2), ("Bosque", 2)], waiting.Select(w => (w.Name, w.Revision)));

        var approval = await office.DoAsync(s => office.Stores.BulkChanges.BeginAsync(s, new BulkRequest(ApproveEntries.Name, [ids[0]]), Reviewer, Cancellation));
        approval = await office.Stores.BulkChanges.FinishAsync(office.Database, approval.BulkChangeId, Cancellation);
        Assert.Equal((BulkState.Done, 1, 0), (approval.State, approval.Changed, approval.Refused));

        await office.DoAsync(s => office.Stores.BulkChanges.RequestUndoAsync(s, change.BulkChangeId, Writer, null, Cancellation));
        change = await office.Stores.BulkChanges.FinishAsync(office.Database, change.BulkChangeId, Cancellation);
        Assert.Equal((BulkState.Undone, 3, 1), (change.State, change.Restored, change.Kept));
        Assert.Equal(["Cielo changed: Someone has worked on it since."], (await ItemsAsync(office, change, BulkItemState.Kept)).Select(i => $"{i.Name}: {i.Note}"));
        Assert.Equal([null, null, null], await StatusesAsync(office, [ids[0], ids[1], draft]));
        // What was public in between goes back through review; what was not is gone; a draft is a draft.
        Assert.Equal([DraftState.InReview, DraftState.None, DraftState.Draft], await DraftsAsync(office, [ids[0], ids[1], draft]));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_reviewer_does_not_approve_in_bulk_what_they_changed_themselves(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider("Alba"));
        await EditAsync(office, new FieldEdit(FieldEdit.Cost, "add", "free") { Label = "Add cost “Free”" }, [id], Reviewer);
        var approval = await office.DoAsync(s => office.Stores.BulkChanges.BeginAsync(s, new BulkRequest(ApproveEntries.Name, [id]), Reviewer, Cancellation));
        approval = await office.Stores.BulkChanges.FinishAsync(office.Database, approval.BulkChangeId, Cancellation);

        Assert.Equal((0, 1), (approval.Changed, approval.Refused));
        Assert.Equal(DraftState.InReview, (await office.ReadAsync(id)).DraftState);
    }

    [Theory]
    [InlineData("tags", "add", "sample", true)]
    [InlineData("languages", "add", "es", true)]
    [InlineData("cost", "add", "free", true)]
    [InlineData("availability", "set", "full", true)]
    [InlineData("immigration", "set", "notAsked", true)]
    [InlineData("tags", "remove", "sample", false)]
    [InlineData("cost", "remove", "free", false)]
    [InlineData("languages", "remove", "es", false)]
    public void An_edit_that_changes_nothing_is_refused(string field, string how, string value, bool changes)
    {
        var day = new DateOnly(2026, 3, 1);
        var edit = FieldEdit.Parse($"{field}:{how}:{value}")! with { Evidence = "A call." };
        if (changes)
        {
            var once = edit.Apply(new Provider { Name = "Alba" }, day);
            Assert.Equal("Nothing to change: it is so already.", Assert.Throws<RefusedException>(() => edit.Apply(once, day)).Message);
        }
        else
        {
            Assert.Throws<RefusedException>(() => edit.Apply(new Provider { Name = "Alba" }, day));
        }
    }

    private static async Task<BulkChange> EditAsync(EditorialOffice office, FieldEdit edit, IReadOnlyList<Guid> ids, Actor? by = null)
    {
        var begun = await office.DoAsync(s => office.Stores.BulkChanges.BeginAsync(s, new BulkRequest(EditEntries.Name, ids) { Parameter = edit.Write() }, by ?? Writer, Cancellation));
        return await office.Stores.BulkChanges.FinishAsync(office.Database, begun.BulkChangeId, Cancellation);
    }

    private static Task<IReadOnlyList<BulkItem>> ItemsAsync(EditorialOffice office, BulkChange change, BulkItemState state) =>
        office.DoAsync(s => BulkChangeStore.ListItemsAsync(s, change.BulkChangeId, state, 0, 100, Cancellation));

    private static async Task<IReadOnlyList<string?>> StatusesAsync(EditorialOffice office, IReadOnlyList<Guid> ids)
    {
        var contents = await office.DoAsync(s => EntryContents.ReadAsync(s, ids, Cancellation));
        return [.. ids.Select(id => ((ServiceEntry)contents[id]).Capacity?.Status)];
    }

    private static async Task<IReadOnlyList<DraftState>> DraftsAsync(EditorialOffice office, IReadOnlyList<Guid> ids)
    {
        var states = new List<DraftState>();
        foreach (var id in ids)
        {
            states.Add((await office.ReadAsync(id)).DraftState);
        }

        return states;
    }
}
