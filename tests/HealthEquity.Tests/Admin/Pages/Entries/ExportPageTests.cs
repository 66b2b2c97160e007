using System.Net;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Tests.Formats.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Exports from the list of entries.</summary>
public sealed class ExportPageTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.NdJson)]
    [InlineData(ExportFormat.Json)]
    public async Task All_search_results_are_exported_in_order_and_can_be_imported(ExportFormat format)
    {
        var host = await console.BeginAsync();
        var entries = new List<Entry>();
        foreach (var name in new[] { "Refuge", "Casa", "Amparo" })
        {
            var entry = FullEntry.Of(EntryKind.Organization) with { Name = name };
            entries.Insert(0, entry);
            await AddAsync(host, entry);
        }

        await AddAsync(host, new Provider { Name = "Another kind" });
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));

        var answer = await browser.SubmitAsync("/entries?kind=organization", "Export", ("format", format.Extension()), ("view", "editorial"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(format.MediaType(), answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(string.Create(null, $"attachment; filename=\"entries-{host.Clock.GetUtcNow():yyyy-MM-dd}.{format.Extension()}\""), answer.Content.Headers.ContentDisposition!.ToString());
        var file = ExportedFiles.Read(format, await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(entries.Select(EntryJson.Write), file.Select(EntryJson.Write));
    }

    [Fact]
    public async Task Only_selected_entries_are_exported()
    {
        var host = await console.BeginAsync();
        var (one, _, three) = (await AddAsync(host, new Organization { Name = "One" }), await AddAsync(host, new Organization { Name = "Two" }), await AddAsync(host, new Organization { Name = "Three" }));
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));

        var answer = await browser.SubmitAsync(
            "/entries", "Export", ("format", "ndjson"), ("view", "editorial"), ("chosen", three.ToString()), ("chosen", one.ToString()), ("chosen", Guid.NewGuid().ToString()));

        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).TrimEnd().Split('\n').Select(l => (string?)JsonNode.Parse(l)!["name"]);
        Assert.Equal(["Three", "One"], lines);
    }

    [Theory]
    [InlineData(CuratorRole.Viewer, "editorial", false)]
    [InlineData(CuratorRole.Viewer, "public", false)]
    [InlineData(CuratorRole.Curator, "public", false)]
    [InlineData(CuratorRole.Curator, null, false)]
    [InlineData(CuratorRole.Curator, "editorial", true)]
    public async Task Private_content_is_exported_only_to_curators_who_request_it(CuratorRole role, string? view, bool whole)
    {
        var host = await console.BeginAsync();
        var id = await AddAsync(host, new Organization
        {
            Name = "Refuge",
            InternalNotes = "whispered",
            Locations = [new Location { Visibility = Visibility.Private, Address1 = "Hidden Street" }],
        });
        var stores = host.Stores;
        await host.Database.TransactAsync(s => stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        await AddAsync(host, new Organization { Name = "Unpublished draft" });
        var browser = await host.SignInAsync(await host.AddCuratorAsync(role));

        foreach (var format in new[] { ExportFormat.Csv, ExportFormat.NdJson, ExportFormat.Json })
        {
            var fields = new List<(string, string)> { ("format", format.Extension()) };
            if (view is not null)
            {
                fields.Add(("view", view));
            }

            var text = await (await browser.SubmitAsync("/entries", "Export", [.. fields])).Content.ReadAsStringAsync(Cancellation);
            Assert.Contains("Refuge", text, StringComparison.Ordinal);
            Assert.All(new[] { "whispered", "Hidden Street", "Unpublished draft" }, secret => Assert.Equal(whole, text.Contains(secret, StringComparison.Ordinal)));
        }

        Assert.Equal(role > CuratorRole.Viewer, (await browser.ReadAsync("/entries")).Contains("name=\"view\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_log_records_exports_without_filter_values()
    {
        var host = await console.BeginAsync();
        var id = await AddAsync(host, new Organization { Name = "Casa Garcia" });
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var browser = await host.SignInAsync(curator);

        await browser.SubmitAsync("/entries?text=garcia&kind=organization&sort=changed", "Export", ("format", "csv"), ("view", "editorial"));
        await browser.SubmitAsync("/entries", "Export", ("format", "geojson"), ("chosen", id.ToString()));
        await browser.SubmitAsync("/entries", "Export", ("format", "json"));

        await using var session = await host.Database.OpenAsync(Cancellation);
        var rows = await AuditReader.ReadAsync(session, new AuditFilter { Activity = "export" }, null, 10, Cancellation);
        Assert.Equal(["1 json Public; all", "1 geojson Public; chosen", "1 csv Editorial; text, kind"], rows.Select(r => r.Detail));
        Assert.All(rows, r => Assert.Equal(Actor.Curator(curator.CuratorId).Code, r.Actor));
    }

    [Fact]
    public async Task An_unknown_export_format_is_refused()
    {
        var host = await console.BeginAsync();
        await AddAsync(host, new Organization { Name = "Casa" });
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var answer = await browser.SubmitAsync("/entries", "Export", ("format", "pdf"));
        Assert.Contains("Choose a format", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    private static Task<Guid> AddAsync(ConsoleHost host, Entry entry) => host.Database.TransactAsync(
        s => host.Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation), Cancellation);
}
