using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Exports;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Imports.Running;

/// <summary>Ana Sol asked not to be listed. Another entry has her phone number: no path to publication may make that number public.</summary>
public sealed class DoNotListPathTests
{
    private const string Hers = "+13055550142";
    private const string Else = "+13055550143";

    // The plus sign of a phone number is unchanged.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Func<ImportDesk, Task>> All = new()
    {
        ["approve"] = desk => SubmitAndApproveAsync(desk, Another(Hers)),
        ["approve a new text"] = ApproveNewTextAsync,
        ["approve a restored revision"] = RestoreAsync,
        ["approve what a suggestion changed"] = SuggestionAsync,
        ["publish"] = desk => PublishAsync(desk, Another(Hers), Reviewer),
        ["publish as the starter"] = desk => PublishAsync(desk, Another(Hers), DirectorySetup.Actor),
        ["publish another kind"] = desk => PublishAsync(desk, new Organization { Name = "Another Name", Phones = [new Phone { Number = Hers }] }, Reviewer),
        ["publish several"] = BulkAsync,
        ["resume a suspended entry"] = desk => ResumeAsync(desk, Listing.Suspended),
        ["resume a retired entry"] = desk => ResumeAsync(desk, Listing.Retired),
        ["import and publish"] = ImportAsync,
        ["import as drafts, then publish the import"] = PublishImportAsync,
        ["import HSDS as drafts, then publish the import"] = PublishHsdsAsync,
        ["import our own export as drafts, then publish the import"] = PublishExportAsync,
        ["undo an import"] = UndoImportAsync,
        ["merge"] = MergeAsync,
        ["undo a merge"] = UndoMergeAsync,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths => [.. All.Keys];

    [Theory, MemberData(nameof(Paths))]
    public async Task No_path_publishes_the_phone_of_a_do_not_list_entry(string path)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var refusal = await Record.ExceptionAsync(() => All[path](desk));

        Assert.DoesNotContain(Hers, await PublicAsync(desk), StringComparison.Ordinal);
        if (refusal is not null)
        {
            Assert.IsType<RefusedException>(refusal);
            Assert.Contains("Ana Sol", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(Hers, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_pair_marked_as_not_the_same_can_be_published(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        var asked = await AskAsync(desk);
        var others = new List<Guid>();
        foreach (var entry in new Entry[] { Another(Hers), new Organization { Name = "Casa", Phones = [new Phone { Number = Hers }] } })
        {
            var other = await desk.Office.CreateAsync(entry);
            others.Add(other);
            await Assert.ThrowsAsync<RefusedException>(() => PublishAsync(desk, other, Reviewer));
            await desk.Office.DoAsync(s => desk.Office.Stores.Duplicates.NotSameAsync(s, asked, other, Reviewer, Cancellation));
            await PublishAsync(desk, other, Reviewer);
        }

        Assert.Equal(others.Order(), (await desk.Office.FeedAsync()).Select(p => p.EntryId).Order());
    }

    [Fact]
    public async Task A_public_entry_can_still_be_corrected()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var id = await desk.Office.PublishNewAsync(Another(Hers));
        await AskAsync(desk);

        await ApproveNewTextAsync(desk, id, Another(Hers) with { Summary = "Open on Mondays." });

        Assert.Contains("Open on Mondays.", await PublicAsync(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_items_show_why_they_were_not_published()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var done = await desk.ImportAsync(Facilities(desk), publish: false);
        await AskAsync(desk);

        await desk.Importer.PublishAsync(done.ImportId, Reviewer, progress: null, Cancellation);

        var item = Assert.Single(await desk.Office.DoAsync(s => ImportItems.ListAsync(s, done.ImportId, ImportOutcome.New, state: null, 0, 10, Cancellation)));
        Assert.Contains("Ana Sol", item.Note, StringComparison.Ordinal);
    }

    private static Provider Another(string phone) => new() { Name = "Another Name", Phones = [new Phone { Number = phone }] };

    private static async Task<string> PublicAsync(ImportDesk desk) =>
        string.Join('\n', (await desk.Office.FeedAsync()).Where(p => p.WithdrawnAt is null).Select(p => JsonNode.Parse(p.Body!)!.ToJsonString(Plain)));

    private static async Task<Guid> AskAsync(ImportDesk desk)
    {
        var id = await desk.Office.CreateAsync(new Provider { Name = "Ana Sol", Phones = [new Phone { Number = Hers }] });
        await desk.Office.DoAsync(s => desk.Office.Publisher.WithdrawAsync(s, id, Listing.DoNotList, Reviewer, "Asked.", null, Cancellation));
        return id;
    }

    private static Task PublishAsync(ImportDesk desk, Guid id, Actor actor) =>
        desk.Office.DoAsync(s => desk.Office.Publisher.PublishAsync(s, id, 1, "publish", actor, null, Cancellation));

    private static async Task PublishAsync(ImportDesk desk, Entry entry, Actor actor)
    {
        await AskAsync(desk);
        await PublishAsync(desk, await desk.Office.CreateAsync(entry), actor);
    }

    private static async Task SubmitAndApproveAsync(ImportDesk desk, Entry entry)
    {
        await AskAsync(desk);
        var id = await desk.Office.CreateAsync(entry);
        await ApproveAsync(desk, id, 1);
    }

    private static async Task ApproveAsync(ImportDesk desk, Guid id, int revision)
    {
        await desk.Office.DoAsync(s => desk.Office.Reviews.SubmitAsync(s, id, revision, Writer, null, Cancellation));
        await desk.Office.DoAsync(s => desk.Office.Reviews.ApproveAsync(s, id, revision, Reviewer, null, Cancellation));
    }

    private static async Task ApproveNewTextAsync(ImportDesk desk)
    {
        var id = await desk.Office.PublishNewAsync(Another(Else));
        await AskAsync(desk);
        await ApproveNewTextAsync(desk, id, Another(Hers));
    }

    private static async Task ApproveNewTextAsync(ImportDesk desk, Guid id, Entry text)
    {
        var number = await desk.Office.DoAsync(s => desk.Office.Entries.SaveAsync(s, id, 1, text, Writer, null, Cancellation));
        await ApproveAsync(desk, id, number);
    }

    private static async Task RestoreAsync(ImportDesk desk)
    {
        var id = await desk.Office.PublishNewAsync(Another(Hers));
        await ApproveNewTextAsync(desk, id, Another(Else));
        await AskAsync(desk);
        await desk.Office.DoAsync(s => desk.Office.Entries.RestoreAsync(s, id, 2, 1, Writer, Cancellation));
        await ApproveAsync(desk, id, 3);
    }

    /// <summary>Like the page of a suggestion.</summary>
    private static async Task SuggestionAsync(ImportDesk desk)
    {
        var id = await desk.Office.PublishNewAsync(Another(Else));
        await AskAsync(desk);
        await desk.Office.DoAsync(async s =>
        {
            await desk.Office.Entries.SaveAsync(s, id, 1, Another(Hers), Writer, "Phones, as the public suggested.", Cancellation);
            await desk.Office.Stores.Duplicates.DetectAsync(s, [id], Cancellation);
        });
        await ApproveAsync(desk, id, 2);
    }

    private static async Task BulkAsync(ImportDesk desk)
    {
        await AskAsync(desk);
        var (hers, fine) = (await desk.Office.CreateAsync(Another(Hers)), await desk.Office.CreateAsync(Another(Else)));
        var done = await desk.Office.DoAsync(s => desk.Office.Publisher.PublishLatestAsync(s, [hers, fine], "publish", Reviewer, null, Cancellation));
        Assert.Equal(fine, Assert.Single(await desk.Office.FeedAsync()).EntryId);
        Assert.Contains("Ana Sol", done.Refused[hers], StringComparison.Ordinal);
    }

    private static async Task ResumeAsync(ImportDesk desk, Listing listing)
    {
        var id = await desk.Office.PublishNewAsync(Another(Hers));
        await desk.Office.DoAsync(s => desk.Office.Publisher.WithdrawAsync(s, id, listing, Reviewer, "For now.", null, Cancellation));
        await AskAsync(desk);
        await desk.Office.DoAsync(s => desk.Office.Publisher.ResumeAsync(s, id, Reviewer, null, Cancellation));
    }

    private static string Facilities(ImportDesk desk, string phone = "305-555-0142", string website = "http://") =>
        desk.WriteFacilities(ImportDesk.Facility(phone: phone, website: website));

    private static async Task ImportAsync(ImportDesk desk)
    {
        await desk.ImportAsync(Facilities(desk), publish: false);
        await AskAsync(desk);
        await desk.ImportAsync(Facilities(desk));
        await desk.ImportAsync(Facilities(desk, website: "https://sun.example.org"));
    }

    private static async Task PublishImportAsync(ImportDesk desk)
    {
        var done = await desk.ImportAsync(Facilities(desk), publish: false);
        await AskAsync(desk);
        Assert.Equal(0, (await desk.Importer.PublishAsync(done.ImportId, Reviewer, progress: null, Cancellation)).Published);
    }

    private static async Task PublishHsdsAsync(ImportDesk desk)
    {
        var path = desk.Write("service.json", """{"id":"s1","name":"Family counseling","status":"active","organization":{"id":"o1","name":"Casa","description":"Casa"},"phones":[{"id":"p1","number":"305-555-0142","type":"voice"}]}""");
        await PublishDraftsAsync(desk, path);
    }

    private static async Task PublishExportAsync(ImportDesk desk)
    {
        await using var there = await ImportDesk.OpenAsync();
        await there.Office.CreateAsync(Another(Hers));
        var path = Path.Combine(desk.Folder, "export.ndjson");
        await using (var file = File.Create(path))
        {
            await ExportFile.WriteAsync(file, ExportFormat.NdJson, ExportView.Editorial, EntryKinds.All, EditorialEntries.AllAsync(there.Office.Database, null, Cancellation), Cancellation);
        }

        await PublishDraftsAsync(desk, path);
    }

    private static async Task PublishDraftsAsync(ImportDesk desk, string path)
    {
        var done = await desk.Importer.ImportAsync(new ImportRequest { Path = path, RefusedFolder = desk.Folder }, progress: null, Cancellation);
        Assert.Equal(1, done.New);
        await AskAsync(desk);
        await desk.Importer.PublishAsync(done.ImportId, Reviewer, progress: null, Cancellation);
    }

    private static async Task UndoImportAsync(ImportDesk desk)
    {
        await desk.ImportAsync(Facilities(desk));
        var second = await desk.ImportAsync(Facilities(desk, "305-555-0143"));
        Assert.Contains(Else, await PublicAsync(desk), StringComparison.Ordinal);
        await AskAsync(desk);
        var undone = await desk.Importer.UndoAsync(second.ImportId, Reviewer, progress: null, Cancellation);
        var left = Assert.Single(await desk.Office.DoAsync(s => ImportItems.ListLeftAsync(s, second.ImportId, Cancellation)));
        Assert.Equal(1, undone.Left);
        Assert.Contains("Ana Sol", left.Note, StringComparison.Ordinal);
    }

    private static async Task<(Guid Survivor, Guid Loser)> MergedAsync(ImportDesk desk)
    {
        var survivor = await desk.Office.PublishNewAsync(Another(Else));
        var loser = await desk.Office.PublishNewAsync(Another(Hers));
        var text = Another(Else) with { Phones = [new Phone { Number = Else }, new Phone { Number = Hers }] };
        await desk.Office.DoAsync(s => desk.Office.Stores.Merges.MergeAsync(s, new MergeRequest(survivor, 1, loser, 1, text), Writer, Cancellation));
        return (survivor, loser);
    }

    private static async Task MergeAsync(ImportDesk desk)
    {
        var (survivor, _) = await MergedAsync(desk);
        await AskAsync(desk);
        await desk.Office.DoAsync(s => desk.Office.Reviews.ApproveAsync(s, survivor, 2, Reviewer, null, Cancellation));
    }

    private static async Task UndoMergeAsync(ImportDesk desk)
    {
        var (_, loser) = await MergedAsync(desk);
        await AskAsync(desk);
        await desk.Office.DoAsync(s => desk.Office.Stores.Merges.UndoAsync(s, loser, Reviewer, Cancellation));
        await desk.Office.DoAsync(s => desk.Office.Publisher.ResumeAsync(s, loser, Reviewer, null, Cancellation));
    }
}
