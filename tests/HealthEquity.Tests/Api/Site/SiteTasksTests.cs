using System.Text.RegularExpressions;
using HealthEquity.Store.Suggestions;
using HealthEquity.Tests.Admin;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site;

/// <summary>
/// What people come for, on a small phone, in the fewest taps, over the shipped directory with its samples. A tap is a finger on the
/// screen; typing is none. The numbers are in .github/accessibility.md.
/// </summary>
public sealed class SiteTasksTests(DirectoryApi api)
{
    [Fact]
    public async Task Someone_whose_husband_was_detained_in_Houston_calls_in_Spanish_with_three_taps()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var phone = await Phone.OpenAsync(browser, await server.StartAsync(), "es-US");
        await phone.Page.GotoAsync("/");
        await phone.TapAsync("#near");
        await phone.Page.Keyboard.TypeAsync("Houston, TX");
        await phone.TapAsync("button[value=detained]");
        await Assertions.Expect(phone.Page.Locator(".hotlines h2")).ToContainTextAsync("Usted tiene derechos. Mantenga la calma y llame para pedir ayuda.");
        await Assertions.Expect(phone.Page.Locator("h1")).ToContainTextAsync("cerca de Houston, TX");
        var call = phone.Page.Locator(".hotlines a[href^='tel:']").First;
        Assert.True((await call.BoundingBoxAsync())!.Y < 500, "the number is not on the first screen");
        await phone.CallAsync(call);
        Assert.Equal(("tel:+12097573733", 3), (phone.Called, phone.Taps));
    }

    [Fact]
    public async Task The_right_number_without_a_place_is_two_taps_away()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        foreach (var (need, number) in new[] { ("detained", "tel:+12097573733"), ("hurt", "tel:+18007997233") })
        {
            var phone = await Phone.OpenAsync(browser, await server.StartAsync(), "en-US");
            await phone.Page.GotoAsync("/");
            await phone.TapAsync($"button[value={need}]");
            await phone.CallAsync(phone.Page.Locator(".hotlines a[href^='tel:']").First);
            Assert.Equal((number, 2), (phone.Called, phone.Taps));
        }
    }

    [Fact]
    public async Task A_therapist_for_a_teenager_without_insurance_near_10001_is_four_taps_away()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var phone = await Phone.OpenAsync(browser, await server.StartAsync(), "en-US");
        await phone.Page.GotoAsync("/");
        await phone.TapAsync("#near");
        await phone.Page.Keyboard.TypeAsync("10001");
        await phone.TapAsync("button[value=else]");
        await phone.Page.Keyboard.TypeAsync("therapist for my teenager, no insurance");
        await phone.TapAsync(".ask .go");
        await Assertions.Expect(phone.Page.Locator("#results")).ToContainTextAsync("near 10001");
        var card = phone.Page.Locator(".card").Filter(new() { HasText = "Escuela Abierta School-Based Clinic" });
        await phone.CallAsync(card.Locator("a[href^='tel:']").First);
        Assert.Equal(("tel:+17185550120,204", 4), (phone.Called, phone.Taps));
    }

    [Theory]
    [InlineData("ar", "ar-EG", "العربية")]
    [InlineData("en", "en-US", "English")]
    [InlineData("es", "es-MX", "Español")]
    public async Task The_family_plan_is_read_after_two_taps(string language, string locale, string edition)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var phone = await Phone.OpenAsync(browser, await server.StartAsync(), locale);
        await phone.Page.GotoAsync("/");
        await phone.TapAsync("button[value=else]");
        await phone.Page.Keyboard.TypeAsync("family emergency plan");
        await phone.TapAsync("[role=option][data-link$='/family-emergency-plan']");
        await Assertions.Expect(phone.Page).ToHaveURLAsync(new Regex($"/{language}/materials/family-emergency-plan$"));
        await Assertions.Expect(phone.Page.Locator("article section h2").First).ToHaveTextAsync(edition);
        await Assertions.Expect(phone.Page.Locator("article .text").First).ToBeVisibleAsync();
        Assert.Equal(2, phone.Taps);
    }

    [Fact]
    public async Task A_wrong_number_is_reported_with_three_taps()
    {
        await using var browser = await Chromium.OpenAsync();
        var node = await api.StarterAsync();
        await using var server = new LiveServer(node);
        var phone = await Phone.OpenAsync(browser, await server.StartAsync(), "en-US");
        await phone.Page.GotoAsync("/en/attorneys/sample-minh-houston");
        await phone.TapAsync("a[href$='/report']");
        await phone.TapAsync("label:has(input[value=phone])");
        await phone.TapAsync("button.go");
        await Assertions.Expect(phone.Page.Locator("main [role=status]")).ToHaveTextAsync("Thank you. A person will check this.");
        Assert.Equal(3, phone.Taps);
        var open = await node.Database.TransactAsync(s => SuggestionStore.ListAsync(s, "open", 0, 10, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(["phones"], open.Select(s => s.Field));
    }

    /// <summary>A phone of 320 by 640 that counts taps, and calls nobody.</summary>
    private sealed class Phone
    {
        private Phone(IPage page) => Page = page;

        public IPage Page { get; }

        public int Taps { get; private set; }

        public string? Called { get; private set; }

        public static async Task<Phone> OpenAsync(BrowserWindows browser, string address, string locale) =>
            new(await browser.NewPageAsync(new() { BaseURL = address, Locale = locale, HasTouch = true, IsMobile = true, ViewportSize = new() { Width = 320, Height = 640 } }));

        public async Task TapAsync(string selector)
        {
            Taps++;
            await Page.Locator(selector).First.TapAsync();
        }

        /// <summary>A tap on a number: the phone would dial.</summary>
        public async Task CallAsync(ILocator number)
        {
            Taps++;
            await number.ScrollIntoViewIfNeededAsync();
            await number.TapAsync(new() { Trial = true });
            Called = await number.GetAttributeAsync("href");
        }
    }
}
