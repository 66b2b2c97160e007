using System.Net;
using System.Text.Json;
using HealthEquity.Admin.Pages.Settings;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Settings;

namespace HealthEquity.Tests.Admin.Pages.Settings;

/// <summary>The page on which an administrator decides what the public pages show.</summary>
public sealed class SiteSettingsPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_administrator_decides_is_saved_audited_and_shown_again()
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));

        var saved = await browser.SubmitAsync("/settings/site", null, Form(
            ("Input.DefaultNear", " Riverside, CA "),
            ("Input.Notices[en]", "Offices are closed on Monday."),
            ("Input.Notices[es]", "Las oficinas cierran el lunes."),
            ("Input.AssistanceNotices[es]", "Ayuda gratis en español: (951) 555-0100."),
            ("Input.FrameHosts", "www.riverside.example\r\nhttps://*.SCHOOLS.example/\r\n"),
            ("Input.HeightOrigins", "https://www.riverside.example")));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await using var session = await host.Database.OpenAsync(Cancellation);
        var settings = await SiteSettingStore.ReadAsync(session, Cancellation);
        Assert.Equal(
            JsonSerializer.Serialize(new SiteSettings
            {
                DepartmentName = "Riverside County Public Health",
                BrandColor = "#5b2a86",
                DefaultNear = "Riverside, CA",
                ExitAddress = "https://www.weather.gov/",
                Notices = new Dictionary<string, string> { ["en"] = "Offices are closed on Monday.", ["es"] = "Las oficinas cierran el lunes." },
                AssistanceLanguages = ["en", "es"],
                AssistanceNotices = new Dictionary<string, string> { ["es"] = "Ayuda gratis en español: (951) 555-0100." },
                FrameHosts = ["https://www.riverside.example", "https://*.schools.example"],
                HeightOrigins = ["https://www.riverside.example"],
            }),
            JsonSerializer.Serialize(settings));
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/settings/site"));
        Assert.Contains("<span>Riverside County Public Health</span>", page, StringComparison.Ordinal);
        Assert.Contains("https://www.riverside.example\nhttps://*.schools.example</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("--brand:#5b2a86", await browser.ReadAsync("/brand.css"), StringComparison.Ordinal);
        Assert.Contains("settings:site", await browser.ReadAsync("/audit?activity=changeSettings"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input.DepartmentName", " ", "Enter the department&#x27;s name, 100 characters at most.")]
    [InlineData("Input.BrandColor", "#9ad0e0", "White text is hard to read on this color (contrast 1.7:1). Try #587983.")]
    [InlineData("Input.BrandColor", "teal", "Enter a color as # and six digits, such as #0f5f63.")]
    [InlineData("Input.DefaultNear", "Atlantys", "Unknown place. Enter a ZIP code, or a town and state.")]
    [InlineData("Input.ExitAddress", "http://www.weather.gov/", "Enter a complete address that starts with https://.")]
    [InlineData("Input.FrameHosts", "https://a.example/page", "“https://a.example/page” is not the address of a site. Enter one in each line, such as https://www.example.gov or https://*.example.gov, without a path.")]
    [InlineData("Input.HeightOrigins", "*.example.gov", "“*.example.gov” is not the address of a site. Enter one in each line, such as https://www.example.gov, without a path.")]
    public async Task A_setting_that_would_break_the_pages_is_refused_at_its_field(string field, string value, string message)
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));

        var answer = await browser.SubmitAsync("/settings/site", null, Form((field, value)));

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        var error = page.Split($"id=\"{field.Replace('.', '_')}-error\">")[1].Split("</p>")[0];
        Assert.StartsWith(WebUtility.HtmlDecode(message), error, StringComparison.Ordinal);
        await using var session = await host.Database.OpenAsync(Cancellation);
        Assert.Null(await SiteSettingStore.ReadAsync(session, Cancellation));
    }

    [Theory]
    [InlineData("https://www.example.gov", "https://www.example.gov")]
    [InlineData("Example.gov:8443/", "https://example.gov:8443")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("http://example.gov", null)]
    [InlineData("https://example", null)]
    [InlineData("https://a.example; script-src *", null)]
    [InlineData("https://a.example\nhttps://b.example", null)]
    [InlineData("'self'", null)]
    [InlineData("*", null)]
    [InlineData("https://*.example.gov", null)]
    [InlineData("https://user@example.gov", null)]
    public void Only_an_origin_becomes_part_of_a_policy(string text, string? origin) => Assert.Equal(origin, Origins.Read(text, wildcard: false));

    private static (string, string)[] Form(params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.DepartmentName"] = "Riverside County Public Health",
            ["Input.BrandColor"] = "#5b2a86",
            ["Input.ExitAddress"] = "https://www.weather.gov/",
            ["Input.Assistance[en]"] = "true",
            ["Input.Assistance[es]"] = "true",
        };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return [.. fields.Select(f => (f.Key, f.Value))];
    }
}
