using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Submitting an unchanged form changes nothing, not even the order of lists.</summary>
public sealed class UntouchedFormTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_form_changes_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        await DirectorySetup.PrepareAsync(host.Database, host.Clock, StarterContent.Samples, Cancellation);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        foreach (var kind in EntryKinds.All)
        {
            // The longest entry covers the most fields.
            var (row, body) = await host.Database.TransactAsync(
                async s =>
                {
                    var rows = await EntryFinder.FindAsync(s, new EntryFilter { Kind = kind }, new EntryOrder(EntrySort.Name, false), 0, 200, Cancellation);
                    var texts = new List<(EntryRow Row, string Body)>();
                    foreach (var each in rows)
                    {
                        texts.Add((each, (await EntryStore.ReadRevisionAsync(s, each.EntryId, each.LatestRevision, Cancellation)).Body));
                    }

                    return texts.MaxBy(t => t.Body.Length);
                },
                Cancellation);
            var page = FormOnPage.Read(await browser.ReadAsync($"/entries/edit/{row.EntryId}"));
            var posted = ClosedItems.Complete(page, EntryForm.Of(EntryJson.Read(body)));
            Assert.Equal(body, EntryJson.Write(EntryForm.Of(kind, posted).Read(_ => new(), out var readable)));
            Assert.True(readable);
        }
    }
}
