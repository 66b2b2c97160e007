using System.Net;
using System.Net.Http.Headers;
using HealthEquity.Admin.Branding;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Expressions;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Vocabularies;
using HealthEquity.Tests.Admin.Pages.Entries;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages;

public sealed class AdministrationTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_are_validated_saved_and_audited()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        // Names are accepted as people type them.
        var saved = await browser.SubmitAsync("/settings", null, Form(
            ("Input.VerificationDays[provider]", "60"), ("Input.GraceDays[provider]", ""), ("Input.TimeZone", "Pacific"), ("Input.DefaultState", "Florida"), ("Input.Languages", "English, Haitian Creole")));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await using var session = await host.Database.OpenAsync(Cancellation);
        var settings = await SettingStore.ReadAsync(session, Cancellation);
        Assert.Equal(("America/Los_Angeles", "FL"), (settings.TimeZone, settings.DefaultState));
        Assert.Equal(["en", "ht"], settings.Languages);
        Assert.Contains("value=\"English, Haitian Creole\"", await browser.ReadAsync("/settings"), StringComparison.Ordinal);
        Assert.Equal(60, settings.VerificationDays["provider"]);
        Assert.False(settings.GraceDays.ContainsKey("provider"));
        Assert.Contains("changeSettings", await browser.ReadAsync("/audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_setting_shows_a_specific_error_at_its_field()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));

        var answer = await browser.SubmitAsync("/settings", null, Form(("Input.CapacityDays", ""), ("Input.VerificationDays[provider]", ""), ("Input.DefaultState", "FL"), ("Input.DefaultCounty", "Atlantis")));
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("There are 3 problems", page, StringComparison.Ordinal);
        Assert.Contains("Days until capacity information is outdated must be between 1 and 3650.", page, StringComparison.Ordinal);
        Assert.Contains("Unknown county for this state.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"#Input_VerificationDays_provider_\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"Input_VerificationDays_provider_-error\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", false)]
    [InlineData("\u0089PNG\r\n\u001a\n....", true)]
    public async Task A_logo_must_be_an_image_without_scripts(string content, bool taken)
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        using var file = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var form = new MultipartFormDataContent { { new StringContent(await browser.TokenAsync("/settings/site")), "formToken" }, { file, "LogoFile", "logo.png" } };
        await browser.Client.PostAsync(new Uri("/settings/site?handler=Logo", UriKind.Relative), form, Cancellation);
        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.NotFound, await browser.StatusAsync("/brand/logo"));
    }

    [Fact]
    public async Task Terms_are_added_relabeled_merged_and_retired()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        foreach (var code in new[] { "walkIn", "dropIn" })
        {
            await browser.SubmitAsync("/vocabularies/tag", null, ("Code", code), ("Label", code), ("Definition", "No appointment is needed."));
        }

        var malformed = await browser.SubmitAsync("/vocabularies/tag", null, ("Code", "Walk in"), ("Label", "x"), ("Definition", "x"));
        Assert.Contains("id=\"Code-error\"", await malformed.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        // Codes keep their case in URLs.
        Assert.Contains("href=\"/vocabularies/tag/walkIn\"", await browser.ReadAsync("/vocabularies/tag"), StringComparison.Ordinal);
        Assert.Contains("action=\"/vocabularies/tag/dropIn?handler=Merge\"", await browser.ReadAsync("/vocabularies/tag/dropIn"), StringComparison.Ordinal);
        var undecided = await browser.SubmitAsync("/vocabularies/tag/dropIn", "Merge", ("Into", ""));
        Assert.Contains("Choose the term to merge into.", await undecided.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        await browser.SubmitAsync("/vocabularies/tag/walkIn", null, ("Label", "Walk-in"), ("Definition", "Come as you are."), ("Labels[es]", "Sin cita"));
        await browser.SubmitAsync("/vocabularies/tag/dropIn", "Merge", ("Into", "walkIn"));
        await using var session = await host.Database.OpenAsync(Cancellation);
        var set = await VocabularyStore.ReadAsync(session, Cancellation);
        Assert.Equal("Sin cita", set.Find("tag", "walkIn")?.Labels["es"]);
        Assert.Equal(("walkIn", true), (set.Find("tag", "dropIn")?.MergedInto, set.Find("tag", "dropIn")!.Retired));

        // The form of an entry with the merged term shows the new term.
        var stores = host.Stores;
        var id = await host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(s, new Organization { Name = "Red", Tags = ["dropIn", "walkIn"] }, Actor.System("test"), null, null, Cancellation), Cancellation);
        var form = FormOnPage.Read(await browser.ReadAsync($"/entries/edit/{id}"));
        Assert.Equal(["walkIn"], form.GetAll("tags"));

        var refused = await browser.SubmitAsync("/vocabularies/tag/walkIn", "Merge", ("Into", "dropIn"));
        Assert.Contains("a different term that is in use", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expressions_are_added_tried_and_removed_and_a_tried_question_is_kept_nowhere()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var open = await browser.SubmitAsync("/expressions", null, ("Text", "(zumba"), ("Language", "es"), ("Meaning", "crisis:arrest"));
        Assert.Contains("Close every parenthesis.", await open.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var vague = await browser.SubmitAsync("/expressions", null, ("Text", "la perrera"), ("Language", "es"), ("Meaning", "nothing"));
        Assert.Contains("Choose a meaning.", await vague.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await browser.SubmitAsync("/expressions", null, ("Text", "la perrera"), ("Language", "es"), ("Meaning", "crisis:arrest"));
        var twice = await browser.SubmitAsync("/expressions", null, ("Text", "la perrera"), ("Language", "es"), ("Meaning", "crisis:arrest"));
        Assert.Contains("This expression already has this meaning.", await twice.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        var tried = await (await browser.SubmitAsync("/expressions", "Try", ("Question", "vi la Perrera zanahoria Houston"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("<dd>Danger: Being arrested or raided</dd>", tried, StringComparison.Ordinal);
        Assert.Contains("<dd>Houston</dd>", tried, StringComparison.Ordinal);

        await using var session = await host.Database.OpenAsync(Cancellation);
        var added = Assert.Single(await SearchExpressionStore.ReadAsync(session, Cancellation));
        Assert.Equal(("es", "la perrera", "crisis:arrest"), (added.Language, added.Text, added.Meaning));
        await browser.SubmitAsync("/expressions", "Remove", ("id", added.ExpressionId.ToString()));
        Assert.Empty(await SearchExpressionStore.ReadAsync(session, Cancellation));
        var audit = await browser.ReadAsync("/audit");
        Assert.Contains("removeExpression", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("zanahoria", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_can_mean_a_situation_or_a_language()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        await browser.SubmitAsync("/expressions", null, ("Text", "el corralón gris"), ("Language", "es"), ("Meaning", "situation:detained"));
        await browser.SubmitAsync("/expressions", null, ("Text", "el idioma de Todos Santos"), ("Language", "es"), ("Meaning", "language:mam"));

        var page = await browser.ReadAsync("/expressions");
        Assert.All(MeaningFields.Situations, s => Assert.Contains($"value=\"situation:{s}\"", page, StringComparison.Ordinal));
        var tried = await (await browser.SubmitAsync("/expressions", "Try", ("Question", "abogado el idioma de todos santos el corralon gris"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("<dd>Situation: Someone was detained</dd>", tried, StringComparison.Ordinal);
        Assert.Contains("<dd>Language: Mam</dd>", tried, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_log_is_filtered_paged_and_exported()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var log = new AuditLog(host.Clock);
        await host.Database.TransactAsync(
            async s =>
            {
                for (var i = 0; i < 120; i++)
                {
                    await log.AppendAsync(s, Actor.System("test"), "count", $"thing:{i}", i == 7 ? "=cmd|x" : null, Cancellation);
                }
            },
            Cancellation);
        var page = await browser.ReadAsync("/audit?activity=count");
        Assert.Equal(50, page.Split("<td>Count</td>").Length - 1);
        Assert.Contains("<td>the system (test)</td>", page, StringComparison.Ordinal);
        var next = WebUtility.HtmlDecode(page.Split("rel=\"next\"")[0].Split("href=\"")[^1].Split('"')[0]);
        Assert.Equal(50, (await browser.ReadAsync(next)).Split("<td>Count</td>").Length - 1);
        var entry = await host.Database.TransactAsync(s => host.Stores.Entries.CreateAsync(s, new Organization { Name = "Casa Amparo" }, Actor.System("test"), null, null, Cancellation), Cancellation);
        foreach (var typed in new[] { "casa amparo", "casa-amparo", entry.ToString() })
        {
            Assert.Contains($"/audit?Subject=entry%3A{entry}", await browser.ReadAsync("/audit?subject=" + Uri.EscapeDataString(typed)), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Single((await browser.ReadAsync("/audit?subject=thing:119")).Split("<td>Count</td>").Skip(1));

        var csv = await browser.ReadAsync("/audit?handler=Csv&activity=count");
        Assert.Equal(121, csv.Trim().Split('\n').Length);
        Assert.Contains(",\"'=cmd|x\",", csv, StringComparison.Ordinal);
        // The export itself is logged.
        var taken = await host.Database.TransactAsync(s => AuditReader.ReadAsync(s, new AuditFilter { Activity = "export" }, null, 10, Cancellation), Cancellation);
        Assert.Equal("audit", Assert.Single(taken).Subject);

        var stores = host.Stores;
        var id = await host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(s, new Organization { Name = "Red <de> Apoyo" }, Actor.System("test"), null, null, Cancellation), Cancellation);
        await host.Database.TransactAsync(s => stores.Entries.ChangeSlugAsync(s, id, "red", Actor.System("test"), Cancellation), Cancellation);
        var changed = await browser.ReadAsync("/audit?activity=changeSlug");
        Assert.Contains("<td>Change slug</td>", changed, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/entries/show/{id}\"><bdi>Red &lt;de&gt; Apoyo</bdi></a>", changed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changing_an_interval_reports_how_many_entries_keep_their_due_date()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var stores = host.Stores;
        var id = await host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(s, new Organization { Name = "Red" }, Actor.System("test"), null, null, Cancellation), Cancellation);
        await host.Database.TransactAsync(s => stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);

        await browser.SubmitAsync("/settings", null, Form());
        Assert.Contains("1 public entry keeps its current due date", await browser.ReadAsync("/settings"), StringComparison.Ordinal);
        await browser.SubmitAsync("/settings", null, Form());
        Assert.DoesNotContain("keeps its current due date", await browser.ReadAsync("/settings"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#000000", 21.0)]
    [InlineData("#ffffff", 1.0)]
    [InlineData("#767676", 4.54)]
    public void Contrast_follows_WCAG(string color, double expected)
    {
        Assert.True(Color.TryParse(color, out var parsed));
        Assert.Equal(expected, parsed.ContrastWith(Color.White), 2);
    }

    internal static (string, string)[] Form(params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.TimeZone"] = "America/Los_Angeles",
            ["Input.Languages"] = "en es",
            ["Input.CapacityDays"] = "30",
            ["Input.CredentialDays"] = "30",
            ["Input.UnreachedTries"] = "3",
            ["Input.SuspensionPercent"] = "1",
            ["Input.SuspensionMinimum"] = "50",
            ["Input.FourEyes"] = "true",
            ["Input.IdleMinutes"] = "30",
            ["Input.SuggestionDays"] = "30",
            ["Input.UnsavedDays"] = "30",
        };
        foreach (var kind in new[] { "provider", "attorney", "organization", "policyAction", "material", "event" })
        {
            fields[$"Input.VerificationDays[{kind}]"] = "90";
            fields[$"Input.GraceDays[{kind}]"] = "90";
        }

        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return [.. fields.Select(f => (f.Key, f.Value))];
    }
}
