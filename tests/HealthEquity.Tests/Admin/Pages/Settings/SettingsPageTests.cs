using System.Net;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Admin.Pages.Entries;

namespace HealthEquity.Tests.Admin.Pages.Settings;

/// <summary>The page on which an administrator decides how entries are checked and suspended.</summary>
public sealed class SettingsPageTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private const string Required = "Input.RequiredQuestions[provider]";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_limits_of_automatic_suspension_are_saved_and_obeyed()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var saved = await SaveAsync(browser, f => f, ("Input.SuspensionPercent", "3"), ("Input.SuspensionMinimum", "7"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var settings = await ReadAsync(host);
        Assert.Equal((3, 7, 7, 30), (settings.SuspensionPercent, settings.SuspensionMinimum, settings.SuspensionsPerDay(100), settings.SuspensionsPerDay(1000)));
        var page = await browser.ReadAsync("/settings");
        var form = FormOnPage.Read(page[page.IndexOf("<h1>", StringComparison.Ordinal)..], "<form");
        Assert.Equal(("3", "7"), (form.First("Input.SuspensionPercent"), form.First("Input.SuspensionMinimum")));

        // None at all, too.
        await SaveAsync(browser, f => f, ("Input.SuspensionPercent", "0"), ("Input.SuspensionMinimum", "0"));
        Assert.Equal(0, (await ReadAsync(host)).SuspensionsPerDay(1000));
    }

    [Theory]
    [InlineData("Input.SuspensionPercent", "101", "Percent of the public entries must be between 0 and 100.")]
    [InlineData("Input.SuspensionPercent", "", "Percent of the public entries must be between 0 and 100.")]
    [InlineData("Input.SuspensionMinimum", "-1", "Entries per day must be between 0 and 1000000.")]
    public async Task A_limit_that_is_none_is_refused_at_its_field_and_nothing_is_saved(string field, string value, string message)
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var page = await (await SaveAsync(browser, f => f, (field, value))).Content.ReadAsStringAsync(Cancellation);
        var error = page.Split($"id=\"{field.Replace('.', '_')}-error\">")[1].Split("</p>")[0];
        Assert.Equal(message, WebUtility.HtmlDecode(error).Trim());
        Assert.Equal((1, 50), (await ReadAsync(host) is var kept ? kept.SuspensionPercent : 0, kept.SuspensionMinimum));
    }

    [Fact]
    public async Task A_check_confirms_an_entry_when_the_ticked_questions_are_answered()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var id = await PublishAsync(host);
        const string OnlyPhone = """{"phone":"confirmed","hours":"confirmed"}""";
        await Assert.ThrowsAsync<RefusedException>(() => CheckAsync(host, id, OnlyPhone));

        // The page has the boxes ticked as they are in effect, so that saving it unchanged changes nothing.
        var before = await ReadAsync(host);
        await SaveAsync(browser, f => f);
        Assert.Equal(before.RequiredQuestions["provider"].Order(), (await ReadAsync(host)).RequiredQuestions["provider"].Order());
        Assert.Empty((await ReadAsync(host)).RequiredQuestions["event"]);

        await SaveAsync(browser, f => f.Where(v => v.Name != Required), (Required, "phone"), (Required, "hours"), (Required, "no-such-question"));
        Assert.Equal(["phone", "hours"], (await ReadAsync(host)).RequiredQuestions["provider"]);
        Assert.Equal(before.RequiredQuestions["attorney"].Order(), (await ReadAsync(host)).RequiredQuestions["attorney"].Order());
        await Assert.ThrowsAsync<RefusedException>(() => CheckAsync(host, id, """{"phone":"confirmed"}"""));
        await CheckAsync(host, id, OnlyPhone);
        Assert.Contains("value=\"hours\" checked=\"checked\" aria-label=\"Provider: ", await browser.ReadAsync("/settings"), StringComparison.Ordinal);

        // No question at all: a check then needs none.
        await SaveAsync(browser, f => f.Where(v => v.Name != Required));
        Assert.Empty((await ReadAsync(host)).RequiredQuestions["provider"]);
        await CheckAsync(host, id, "{}");
    }

    /// <summary>Submits the form as the page has it, with changes.</summary>
    private static async Task<HttpResponseMessage> SaveAsync(
        ConsoleBrowser browser, Func<IEnumerable<(string Name, string Value)>, IEnumerable<(string Name, string Value)>> change, params (string Name, string Value)[] values)
    {
        var page = await browser.ReadAsync("/settings");
        var fields = FormOnPage.Read(page[page.IndexOf("<h1>", StringComparison.Ordinal)..], "<form").Fields();
        var names = values.Select(v => v.Name).Where(n => n != Required).ToHashSet();
        return await browser.PostAsync("/settings", await browser.TokenAsync("/settings"), [.. change(fields.Where(f => !names.Contains(f.Name))), .. values]);
    }

    private static async Task<DirectorySettings> ReadAsync(ConsoleHost host)
    {
        await using var session = await host.Database.OpenAsync(Cancellation);
        return await SettingStore.ReadAsync(session, Cancellation);
    }

    private static async Task<Guid> PublishAsync(ConsoleHost host)
    {
        var stores = host.Stores;
        var id = await host.Database.TransactAsync(s => stores.Entries.CreateAsync(s, new Provider { Name = "Ana" }, Actor.System("test"), null, null, Cancellation), Cancellation);
        await host.Database.TransactAsync(s => stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        return id;
    }

    private static Task CheckAsync(ConsoleHost host, Guid id, string answers) => host.Database.TransactAsync(
        s => host.Stores.Verifications.RecordAsync(
            s,
            new VerificationRecord
            {
                EntryId = id,
                Revision = 1,
                Method = "phoneCall",
                Outcome = VerificationRecord.Confirmed,
                FieldOutcomes = answers,
                CheckedOn = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime),
            },
            Actor.Curator(Guid.CreateVersion7()),
            Cancellation),
        Cancellation);
}
