using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Access;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Access;

/// <summary>What a curator sees while the database can't be written to.</summary>
public sealed class UnsavedFormTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private const string Typed = "Call after six, and ask for \"Ana\" <please>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_others_write_a_save_says_so_and_keeps_the_text_to_be_sent_again()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var token = await browser.TokenAsync("/curators/add");
        (string, string)[] fields = [("UserName", "new@health.example"), ("DisplayName", Typed), ("Role", "curator")];
        string page;
        await using (var other = new SqliteConnection($"Data Source={host.Database.FilePath}"))
        {
            await other.OpenAsync(Cancellation);
            await using var writing = other.BeginTransaction(deferred: false);
            var refused = await browser.PostAsync("/curators/add", token, fields);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            page = await refused.Content.ReadAsStringAsync(Cancellation);
            Assert.Contains("The database is busy; your text is kept", page, StringComparison.Ordinal);

            // Reading goes on, also when it is time to note that the session is in use.
            host.Clock.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/"));
        }

        var kept = Regex.Matches(page, "<textarea name=\"([^\"]+)\" hidden>\\s?([^<]*)</textarea>").Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value))).ToArray();
        Assert.Contains(("DisplayName", Typed), kept);
        Assert.Contains("action=\"/curators/add\"", page, StringComparison.Ordinal);
        var again = await browser.PostAsync("/curators/add", Regex.Match(page, "name=\"formToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value, kept);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await using var session = await host.Database.OpenAsync(Cancellation);
        Assert.Contains(await CuratorStore.ListAsync(session, Cancellation), c => c.DisplayName == Typed);
    }

    [Fact]
    public async Task A_full_disk_stops_saving_and_not_reading()
    {
        var full = false;
        await using var host = await ConsoleHost.StartAsync(services: services => services.AddSingleton(provider =>
            OnSmallDisk(provider.GetRequiredService<IConfiguration>().GetConnectionString("Directory")!, () => Volatile.Read(ref full))));
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var token = await browser.TokenAsync("/curators/add");
        Volatile.Write(ref full, true);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var path in new[] { "/", "/entries", "/curators", "/account/sessions", "/vocabularies" })
        {
            var answer = await browser.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        var refused = await browser.PostAsync("/curators/add", token, ("UserName", "new@health.example"), ("DisplayName", Typed), ("Role", "curator"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("disk is full; your text is kept", page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(Typed), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_for_which_the_disk_has_no_room_says_so()
    {
        await using var host = await ConsoleHost.StartAsync(services: services => services.AddSingleton<TemporaryDisk, SmallDisk>());
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        using var file = new MultipartFormDataContent { { new ByteArrayContent(new byte[2000]), "Upload", "clinics.csv" } };
        // A form that could not be kept has lost its token.
        var refused = await browser.Client.PostAsync(new Uri("/imports?handler=Upload", UriKind.Relative), file, Cancellation);
        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
        Assert.Contains("<h1>The server has no room for the file</h1>", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var small = new FormUrlEncodedContent([new("UserName", "a")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.PostAsync(new Uri("/curators/add", UriKind.Relative), small, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Without_its_database_every_page_says_so_and_afterward_the_session_goes_on()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var token = await browser.TokenAsync("/curators/add");
        var database = host.Services.GetRequiredService<Database>();
        database.Opened = _ => throw new SqliteException("unable to open database file", 14);
        try
        {
            foreach (var (visitor, path) in new[] { (browser, "/"), (browser, "/entries"), (browser, "/curators/add"), (browser, "/account/keep"), (host.Browse(), "/sign-in") })
            {
                var answer = await visitor.GetAsync(path);
                var page = await answer.Content.ReadAsStringAsync(Cancellation);
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode} {page}");
                Assert.Contains("<h1>The database does not answer</h1>", page, StringComparison.Ordinal);
                Assert.NotNull(answer.Headers.RetryAfter);
            }

            // Nobody knows whose form it is, but the text goes back to the browser that sent it.
            var refused = await browser.PostAsync("/curators/add", token, ("DisplayName", Typed));
            var kept = await refused.Content.ReadAsStringAsync(Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("<h1>The database does not answer; your text is kept</h1>", kept, StringComparison.Ordinal);
            Assert.Contains(WebUtility.HtmlEncode(Typed), kept, StringComparison.Ordinal);
            Assert.Contains(token, kept, StringComparison.Ordinal);
        }
        finally
        {
            database.Opened = null;
        }

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Passwords_go_into_no_page()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var browser = host.Browse();
        var token = await browser.TokenAsync("/sign-in");
        await using var other = new SqliteConnection($"Data Source={host.Database.FilePath}");
        await other.OpenAsync(Cancellation);
        await using var writing = other.BeginTransaction(deferred: false);
        var refused = await browser.PostAsync("/sign-in", token, ("UserName", curator.UserName), ("Password", ConsoleHost.Password));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("The database is busy", page, StringComparison.Ordinal);
        Assert.DoesNotContain(ConsoleHost.Password, page, StringComparison.Ordinal);
    }

    private sealed class SmallDisk : TemporaryDisk
    {
        public override long FreeBytes => 1000;
    }

    /// <summary>A database packed into small pages, whose file stops growing when told to: SQLite then says what it says of a full disk.</summary>
    private static Database OnSmallDisk(string connectionString, Func<bool> isFull)
    {
        using (var packing = new SqliteConnection(connectionString + ";Pooling=False"))
        {
            packing.Open();
            Send(packing, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM; PRAGMA journal_mode = WAL");
        }

        var database = Database.Create(connectionString);
        database.Opened = connection => Send(connection, isFull() ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000000");
        return database;
    }

    private static void Send(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts stand above
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
