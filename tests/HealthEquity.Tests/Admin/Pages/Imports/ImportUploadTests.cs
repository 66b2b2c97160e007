using System.IO.Compression;
using System.Net;
using System.Text;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Curators;

namespace HealthEquity.Tests.Admin.Pages.Imports;

/// <summary>Uploading a file to import.</summary>
public sealed class ImportUploadTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_uploaded_to_one_node_is_planned_by_another()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        Guid id;
        await using (var other = host.AddNode())
        {
            id = await (await other.SignInAsync(curator)).UploadAsync("list.csv", ImportSteps.Messy);
        }

        var browser = await host.SignInAsync(curator);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.ChooseAsync(id)).StatusCode);
        Assert.Equal(3, (await host.WaitAsync(id, ImportState.Planned)).RowsNew);
    }

    [Fact]
    public async Task Several_files_of_one_source_come_as_one_zip()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("set/first.csv", "Name,City\r\nCasa,Hartford\r\n"), ("set/second.csv", "Name,Phone\r\n"), ("__MACOSX/set/._first.csv", "x") })
            {
                await using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                await entry.WriteAsync(text);
            }
        }

        var answer = await browser.SendFileAsync("set.zip", packed.ToArray());
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await browser.ReadAsync(answer.Headers.Location!.ToString()));
        Assert.Contains("2 files; 'first.csv' is a table separated by commas", page, StringComparison.Ordinal);
        Assert.Contains("Upload a mapping file", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.pdf", "%PDF-1.7", "is a PDF")]
    [InlineData("list.csv", "", "The file is empty")]
    [InlineData("../../etc/passwd.gz", "\u001F\u008B\u0008", "The file 'passwd.gz' is compressed with gzip")]
    [InlineData("bomb.zip", "PK\u0003\u0004 and nothing more", "is damaged, encrypted or not a ZIP")]
    public async Task An_unsupported_file_is_refused_at_its_field(string name, string content, string said)
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var answer = await browser.SendFileAsync(name, Encoding.Latin1.GetBytes(content));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("id=\"Upload-error\"", page, StringComparison.Ordinal);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("healthequity-import-", page, StringComparison.Ordinal);
        Assert.Empty(await host.Database.TransactAsync(s => ImportStore.ListAsync(s, 0, 10, Cancellation), Cancellation));
    }

    [Fact]
    public async Task A_file_over_the_size_limit_gets_a_clear_error_page()
    {
        await using var host = await ConsoleHost.StartAsync(onPort: true, services: null, ("Imports:MaximumMegabytes", "1"));
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator), host.Address);
        var answer = await browser.SendFileAsync("large.csv", new byte[3 * 1024 * 1024]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("limit of 1 MB", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendFileWithAsync(token: null, "list.csv", Encoding.UTF8.GetBytes(ImportSteps.Messy))).StatusCode);
    }
}
