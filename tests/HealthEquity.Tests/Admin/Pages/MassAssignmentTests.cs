using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Store;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Posted fields that a form does not have change nothing.</summary>
public sealed class MassAssignmentTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private static readonly string SomeId = "01890000-0000-7000-8000-0000000000bb";

    private ConsoleHost _host = null!;

    public static TheoryData<EntryKind> Kinds => [.. EntryKinds.All];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync() => _host = await console.BeginAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_entry_form_changes_only_the_entry_content(EntryKind kind)
    {
        var curator = await _host.AddCuratorAsync(CuratorRole.Curator);
        var browser = await _host.SignInAsync(curator);
        var entry = StarterDirectory.Read().First(s => s.Entry.Kind == kind).Entry;
        var id = await _host.Database.TransactAsync(s => Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation), Cancellation);
        var values = FormOnPage.Read(await browser.ReadAsync($"/entries/edit/{id}"));
        await browser.SubmitAsync($"/entries/edit/{id}", null, values.Fields(("_intent", "save")));
        var before = await RowAsync(id);
        values = FormOnPage.Read(await browser.ReadAsync($"/entries/edit/{id}"));
        values.Set("summary", "Changed in the form.");

        var answer = await browser.SubmitAsync($"/entries/edit/{id}", null, values.Fields([("_intent", "save"), .. EntryFields()]));

        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(Cancellation));
        await using var session = await _host.Database.OpenAsync(Cancellation);
        var after = await EntryStore.ReadAsync(session, id, Cancellation);
        var saved = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, id, 2, Cancellation)).Body);
        var revision = await EntryStore.ReadRevisionAsync(session, id, 3, Cancellation);
        Assert.Equal(before with { LatestRevision = 3, UpdatedAt = after.UpdatedAt }, after);
        Assert.Equal(EntryJson.Write(saved with { Summary = "Changed in the form." }), revision.Body);
        Assert.Equal((Actor.Curator(curator.CuratorId).Code, null), (revision.Author, revision.RestoredFrom));
        Assert.Equal(1, await EntryStore.CountAsync(session, Cancellation));
    }

    [Fact]
    public async Task A_new_entry_is_always_a_draft_with_its_own_slug()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator));
        var page = "/entries/new?kind=organization&key=01890000-0000-7000-8000-000000000077";
        var values = FormOnPage.Read(await browser.ReadAsync(page));
        values.Set("name", "Red de Apoyo");

        var answer = await browser.SubmitAsync(page, null, values.Fields([("_intent", "save"), .. EntryFields()]));

        var row = await RowAsync(Guid.Parse(answer.Headers.Location!.ToString()[^36..]));
        Assert.NotEqual(SomeId, row.EntryId.ToString());
        Assert.Equal((EntryKind.Organization, "red-de-apoyo", Listing.Unpublished, (DateOnly?)null, (Guid?)null), (row.Kind, row.Slug, row.Listing, row.AssuredOn, row.AssignedTo));
    }

    [Fact]
    public async Task Only_the_settings_form_changes_settings()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Administrator));
        await browser.SubmitAsync("/settings", null, AdministrationTests.Form());
        var saved = await SettingsAsync();
        (string, string)[] more = [.. typeof(DirectorySettings).GetProperties().SelectMany(p => Odd(p.Name)), ("HasLogo", "true"), ("Input.VerificationDays[clinic]", "3"), ("Input.GraceDays[clinic]", "3")];

        await browser.SubmitAsync("/settings", null, [.. AdministrationTests.Form(), .. more]);
        Assert.Equal(saved, await SettingsAsync());

        foreach (var (page, handler) in new[] { ("/settings/site", "RemoveLogo"), ("/account/sessions", "End"), ("/curators/add", null) })
        {
            await browser.SubmitAsync(page, handler, [.. AdministrationTests.Form(("Input.FourEyes", "false"), ("Input.TimeZone", "UTC")), .. more]);
            Assert.Equal(saved, await SettingsAsync());
        }

        static IEnumerable<(string, string)> Odd(string name) => [(name, "7"), ($"Settings.{name}", "7"), ($"{name}[0]", "7")];
    }

    [Fact]
    public async Task Each_curator_form_changes_only_its_own_fields()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Administrator));
        await browser.SubmitAsync("/curators/add", null, CuratorFields(("DisplayName", "Lê Thị"), ("UserName", "le@health.example"), ("Role", "viewer")));
        var added = await CuratorAsync("le@health.example");
        Assert.Equal(
            ("Lê Thị", "viewer", null, null, null, "false", null, "0"),
            (Text(added, "DisplayName"), CuratorRoles.All[(int)added["Role"]!].Code(), Text(added, "PasswordHash"), Text(added, "ExternalSubject"), Text(added, "DisabledAt"), Text(added, "TwoFactorEnabled"), Text(added, "LockoutEnd"), Text(added, "Version")));
        Assert.NotEqual(SomeId, Text(added, "CuratorId"));

        await browser.SubmitAsync($"/curators/{Text(added, "CuratorId")}", "Role", CuratorFields(("Role", "reviewer")));
        AssertChanged(added, await CuratorAsync("le@health.example"), "Role");
    }

    [Fact]
    public async Task The_password_form_cannot_change_a_role()
    {
        var viewer = await _host.AddCuratorAsync(CuratorRole.Viewer);
        var browser = await _host.SignInAsync(viewer);
        var before = await CuratorAsync(viewer.UserName);
        const string New = "green kettles argue loudly";
        await browser.SubmitAsync("/account/password", null, CuratorFields(("Current", ConsoleHost.Password), ("Password", New), ("Repeated", New)));
        AssertChanged(before, await CuratorAsync(viewer.UserName), "PasswordHash", "SecurityStamp", "Version");
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/curators"));
    }

    [Fact]
    public async Task A_setup_link_sets_only_the_password()
    {
        await _host.AddCuratorAsync(CuratorRole.Administrator);
        var token = await _host.Database.TransactAsync(s => _host.Curators.InviteAsync(s, "le@health.example", "Lê Thị", CuratorRole.Viewer, Actor.System("test"), Cancellation), Cancellation);
        var before = await CuratorAsync("le@health.example");
        var browser = _host.Browse();
        await browser.SubmitAsync($"/set-up?token={token}", null, CuratorFields(("Password", ConsoleHost.Password), ("Repeated", ConsoleHost.Password)));
        Assert.True(await browser.IsSignedInAsync());
        AssertChanged(before, await CuratorAsync("le@health.example"), "PasswordHash", "SecurityStamp", "Version");
    }

    [Fact]
    public async Task Users_cannot_end_other_users_sessions()
    {
        var (viewer, other) = (await _host.AddCuratorAsync(CuratorRole.Viewer), await _host.AddCuratorAsync(CuratorRole.Curator));
        var (theirs, mine) = (await _host.SignInAsync(other), await _host.SignInAsync(viewer));
        await using var session = await _host.Database.OpenAsync(Cancellation);
        var open = Assert.Single(await CuratorSessions.ListAsync(session, other.CuratorId, DateTimeOffset.MinValue, Cancellation));
        await mine.SubmitAsync("/account/sessions", "End", ("id", open.SessionId.ToString()), ("CuratorId", other.CuratorId.ToString()));
        Assert.True(await theirs.IsSignedInAsync());
    }

    /// <summary>Returns fields of an entry, its row, and its revision that no form has.</summary>
    private static (string, string)[] EntryFields() =>
    [
        .. from name in new[]
           {
               ("kind", "event"), ("id", SomeId), ("entryId", SomeId), ("slug", "mine"), ("formerSlugs", "mine-too"), ("formerSlugs.items", "0"), ("formerSlugs[0]", "mine-too"),
               ("updatedAt", "2020-01-01T00:00:00Z"), ("publishedAt", "2020-01-01T00:00:00Z"), ("createdAt", "2020-01-01T00:00:00Z"), ("firstPublishedAt", "2020-01-01T00:00:00Z"),
               ("assuredOn", "2030-01-01"), ("checkDueOn", "2040-01-01"), ("overdue", "false"), ("distance", "1"), ("fallbacks.name", "es"),
               ("listing", "published"), ("listingReason", "mine"), ("draftState", "inReview"), ("latestRevision", "9"), ("publishedRevision", "1"),
               ("assignedTo", SomeId), ("mergedInto", SomeId), ("author", "curator:" + SomeId), ("restoredFrom", "1"), ("body", "{}"),
           }
           from prefix in new[] { "", "Row.", "Entry.", "Input." }
           select (prefix.Length == 0 ? name.Item1 : prefix + char.ToUpperInvariant(name.Item1[0]) + name.Item1[1..], name.Item2),
    ];

    /// <summary>Returns the form's fields plus every property of a curator.</summary>
    private static (string, string)[] CuratorFields(params (string Name, string Value)[] form) =>
    [
        .. form,
        .. from member in typeof(Curator).GetProperties()
           from prefix in new[] { "", "Curator.", "Input." }
           let name = prefix + member.Name
           where form.All(f => f.Name != name)
           select (name, member.PropertyType == typeof(string) ? "posted" : member.PropertyType == typeof(Guid) ? SomeId : member.Name switch
           {
               nameof(Curator.Role) => "administrator",
               nameof(Curator.TwoFactorEnabled) => "true",
               nameof(Curator.DisabledAt) or nameof(Curator.LockoutEnd) or nameof(Curator.CreatedAt) => "2040-01-01T00:00:00Z",
               _ => "7",
           }),
    ];

    private static void AssertChanged(JsonObject before, JsonObject after, params string[] members) =>
        Assert.Equal(members, before.Select(m => m.Key).Where(name => before[name]?.ToJsonString() != after[name]?.ToJsonString()).Order());

    private static string? Text(JsonObject curator, string member) => curator[member]?.ToString();

    private async Task<JsonObject> CuratorAsync(string name)
    {
        await using var session = await _host.Database.OpenAsync(Cancellation);
        var curator = await CuratorStore.FindByNameAsync(session, CuratorStore.Normalize(name), Cancellation);
        return JsonSerializer.SerializeToNode(curator)!.AsObject();
    }

    private async Task<EntryRow> RowAsync(Guid id)
    {
        await using var session = await _host.Database.OpenAsync(Cancellation);
        return await EntryStore.ReadAsync(session, id, Cancellation);
    }

    private async Task<string> SettingsAsync()
    {
        await using var session = await _host.Database.OpenAsync(Cancellation);
        return JsonSerializer.Serialize(await SettingStore.ReadAsync(session, Cancellation));
    }
}
