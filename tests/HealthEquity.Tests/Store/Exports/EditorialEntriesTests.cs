using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Exports;
using HealthEquity.Tests.Formats.Exports;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Store.Exports;

public sealed class EditorialEntriesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Every_entry_comes_once_in_whatever_state_with_its_latest_text(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        var draft = await office.CreateAsync(new Organization { Name = "Draft", InternalNotes = "among us" });
        var shown = await office.PublishNewAsync(new Organization { Name = "Shown" });
        await office.DoAsync(s => office.Entries.SaveAsync(s, shown, 1, new Organization { Name = "Shown, edited" }, EditorialOffice.Writer, null, Cancellation));
        var gone = await office.PublishNewAsync(new Organization { Name = "Gone" });
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, gone, Listing.DoNotList, EditorialOffice.Writer, "asked", null, Cancellation));
        for (var i = 0; i < 250; i++)
        {
            await office.CreateAsync(EditorialOffice.Provider($"Provider {i}"));
        }

        var rows = await RowsAsync(EditorialEntries.AllAsync(office.Database, null, Cancellation));
        Assert.Equal(253, rows.Select(r => r["id"]).Distinct().Count());
        Assert.Equal(253, rows.Count);
        var row = rows.Single(r => r["id"] == shown.ToString());
        Assert.Equal(("Shown, edited", "published", "draft", "2", "1"), (row["name"], row["listing"], row["draft"], row["revision"], row["publishedRevision"]));
        Assert.Equal(("doNotList", "asked"), (rows.Single(r => r["id"] == gone.ToString())["listing"], rows.Single(r => r["id"] == gone.ToString())["listingReason"]));
        Assert.Equal("among us", rows.Single(r => r["id"] == draft.ToString())["internalNotes"]);

        Assert.Equal(3, (await RowsAsync(EditorialEntries.AllAsync(office.Database, EntryKind.Organization, Cancellation))).Count);
        Assert.Equal([gone.ToString(), draft.ToString()], (await RowsAsync(EditorialEntries.OfAsync(office.Database, [gone, Guid.NewGuid(), draft], Cancellation))).Select(r => r["id"]));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task What_is_public_is_exported_as_the_public_reads_it(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        var draft = await office.CreateAsync(new Organization { Name = "Draft" });
        var refuge = await office.PublishNewAsync(new Organization
        {
            Name = "Refuge",
            InternalNotes = "among us",
            Locations = [new Location { Visibility = Visibility.Private, Address1 = "Hidden Street" }],
        });
        var clinic = await office.PublishNewAsync(EditorialOffice.Provider("Clinic"));
        var withdrawn = await office.PublishNewAsync(EditorialOffice.Provider("Withdrawn"));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, withdrawn, Listing.Retired, EditorialOffice.Writer, "closed", null, Cancellation));

        var rows = await RowsAsync(EditorialEntries.PublicAsync(office.Database.As(DatabaseAccess.Public), null, Cancellation), ExportView.Public);

        Assert.Equal(["Refuge", "Clinic"], rows.Select(r => r["name"]));
        Assert.DoesNotContain(rows.SelectMany(r => r), c => c.Value.Contains("Hidden", StringComparison.Ordinal) || c.Value.Contains("among us", StringComparison.Ordinal) || c.Key == "internalNotes");
        Assert.Single(await RowsAsync(EditorialEntries.PublicAsync(office.Database, EntryKind.Provider, Cancellation), ExportView.Public));
        var chosen = new[] { clinic, Guid.NewGuid(), draft, refuge, withdrawn };
        Assert.Equal(["Clinic", "Refuge"], (await RowsAsync(EditorialEntries.PublicOfAsync(office.Database, chosen, Cancellation), ExportView.Public)).Select(r => r["name"]));
    }

    private static async Task<IReadOnlyList<Dictionary<string, string>>> RowsAsync(IAsyncEnumerable<EntryDocument> entries, ExportView view = ExportView.Editorial)
    {
        using var to = new ExportedFiles.AsyncOnlyStream();
        await ExportFile.WriteAsync(to, ExportFormat.Csv, view, EntryKinds.All, entries, Cancellation);
        return ExportedFiles.Csv(to.Written.ToArray());
    }
}
