using HealthEquity.Store.Databases;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Embed;

/// <summary>The script's embed on the page of another site.</summary>
public sealed class EmbedBrowserTests(DirectoryApi api)
{
    // What libraries and careless scripts do to a page, before the embed loads.
    private const string HostileBefore =
        """
        const no = () => { throw new Error('the host has changed this'); };
        for (const name of ['map', 'filter', 'forEach', 'find', 'some', 'every', 'includes', 'indexOf', 'push', 'concat', 'slice', 'reduce', 'join']) Array.prototype[name] = no;
        for (const name of ['split', 'trim', 'startsWith', 'includes', 'replace']) String.prototype[name] = no;
        Array.prototype.extra = Object.prototype.extra = 'extra';
        Array.from = Object.keys = Object.assign = Object.entries = JSON.parse = JSON.stringify = Function.prototype.bind = window.fetch = no;
        Element.prototype.remove = Element.prototype.append = Element.prototype.replaceWith = no;
        """;

    // And after it has loaded.
    private const string HostileAfter =
        """
        addEventListener('load', () => {
          const no = () => { throw new Error('the host has changed this'); };
          for (const name of ['querySelector', 'querySelectorAll', 'getAttribute', 'setAttribute', 'closest', 'matches']) Element.prototype[name] = no;
          Node.prototype.appendChild = Node.prototype.removeChild = Node.prototype.replaceChild = EventTarget.prototype.dispatchEvent = no;
          String.prototype.slice = RegExp.prototype.exec = RegExp.prototype.test = Document.prototype.createElement = HTMLElement.prototype.focus = no;
          window.XMLHttpRequest = window.FormData = window.URL = window.URLSearchParams = window.CustomEvent = window.setTimeout = window.clearTimeout = no;
        });
        """;

    [Fact]
    public async Task It_works_where_the_host_forbids_everything_else_and_has_changed_what_browsers_have_built_in()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite
        {
            Policy = HostSite.StrictPolicy(directory),
            Head = $"<script nonce=\"{HostSite.Nonce}\">{HostileBefore}{HostileAfter}</script>",
            Body = Embed(directory, "lang=\"en\" near=\"33130\""),
        };
        var complaints = new List<string>();
        var requests = new List<string>();
        var page = await host.OpenAsync(prepare: p =>
        {
            p.Console += (_, message) => complaints.Add(message.Text);
            p.PageError += (_, error) => complaints.Add(error);
            p.Request += (_, request) => requests.Add(request.Url.Replace(directory, "", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        await Heading(page, "What do you need?").WaitForAsync();
        await page.GetByText("What are you looking for?").First.ClickAsync();
        await page.Locator("#q").FillAsync("zebra trauma");
        await page.Locator("#q").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".card a[href^='tel:']").First).ToHaveAttributeAsync("href", "tel:+13055550101");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true }).ClickAsync();
        await Heading(page, "Clínica del Sol").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("zebra trauma");

        Assert.Empty(complaints);
        Assert.Equal(
            ["/embed.js", "/embed/list?near=33130&lang=en&part=first", "/embed/later.js", "/embed/list/find?lang=en&near=33130", "/embed/list/providers/clinica-del-sol?lang=en&near=33130"],
            requests.Where(r => r.StartsWith('/') && !r.StartsWith("/embed/list/suggest", StringComparison.Ordinal)).Select(r => r.StartsWith("/embed/later.js", StringComparison.Ordinal) ? "/embed/later.js" : r));
        Assert.All(requests.Where(r => !r.StartsWith('/')), r => Assert.True(r.StartsWith("data:", StringComparison.Ordinal) || new Uri(r).Host == "127.0.0.2", r));
    }

    [Fact]
    public async Task Hostile_styles_of_the_host_do_not_reach_it()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        const string Look =
            """
            () => JSON.stringify([...document.querySelector('health-directory').shadowRoot.querySelectorAll('.needs button, .leave, h1, #near')].map(e => {
              const style = getComputedStyle(e), box = e.getBoundingClientRect();
              return [style.color, style.backgroundColor, style.fontSize, style.display, style.visibility, style.textTransform, style.letterSpacing, Math.round(box.width), Math.round(box.height)];
            }))
            """;
        var looks = new List<string>();
        foreach (var style in new[] { "", "*{all:unset;text-transform:uppercase!important;letter-spacing:9px!important;line-height:3!important}button,a{display:none!important;color:red!important}" })
        {
            await using var host = new HostSite
            {
                Head = "<style>body,main{display:block!important;margin:0!important}head,style,script,title{display:none!important}" + style + "</style>",
                Body = Embed(directory, "lang=\"en\""),
            };
            var page = await host.OpenAsync();
            await Heading(page, "What do you need?").WaitForAsync();
            looks.Add(await page.EvaluateAsync<string>(Look));
        }

        Assert.Equal(looks[0], looks[1]);
    }

    [Fact]
    public async Task Two_embeds_on_one_page_do_not_disturb_each_other_and_events_carry_nothing_that_was_typed()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite
        {
            Body = $"""
                {Embed(directory, "lang=\"en\" id=\"one\"")}<health-directory lang="ar" needs="talk" theme="dark" id="two"></health-directory>
                <script>
                  const seen = [], keys = [];
                  for (const name of ['open', 'results', 'error']) addEventListener('health-directory:' + name, e => seen.push(name + ' ' + e.target.id + ' ' + JSON.stringify(e.detail)));
                  for (const name of ['keydown', 'keyup', 'beforeinput', 'input']) addEventListener(name, e => keys.push(name));
                </script>
                """,
        };
        var page = await host.OpenAsync();
        var (one, two) = (page.Locator("#one"), page.Locator("#two"));
        await Assertions.Expect(two.Locator(".directory")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(two.Locator(".needs button")).ToHaveCountAsync(1);
        await one.Locator("summary", new() { HasText = "What are you looking for?" }).ClickAsync();
        await one.Locator("#q").PressSequentiallyAsync("trauma");
        await one.Locator("#q").PressAsync("Enter");
        await one.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true }).ClickAsync();
        await Assertions.Expect(one.Locator("h1")).ToHaveTextAsync("Clínica del Sol");
        await Assertions.Expect(two.Locator("h1")).ToHaveTextAsync("ماذا تحتاج؟");
        Assert.Equal(["results one {\"shown\":2}", "open one {\"kind\":\"providers\",\"slug\":\"clinica-del-sol\"}"], await page.EvaluateAsync<string[]>("seen"));
        Assert.Empty(await page.EvaluateAsync<string[]>("keys"));
        Assert.Equal("0 0 ", await page.EvaluateAsync<string>("`${localStorage.length} ${sessionStorage.length} ${document.cookie}`"));
    }

    [Fact]
    public async Task Without_a_connection_it_says_so_keeps_what_was_shown_and_goes_on_when_it_can()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"es\" need=\"talk\"") };
        var page = await host.OpenAsync();
        var cards = page.Locator(".card");
        await cards.First.WaitForAsync();
        var shown = await cards.CountAsync();
        await page.RouteAsync("**/embed/list/**", r => r.AbortAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Clínica El Sol", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Sin conexión. Intentar de nuevo");
        await Assertions.Expect(cards).ToHaveCountAsync(shown);
        await page.UnrouteAsync("**/embed/list/**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sin conexión. Intentar de nuevo" }).ClickAsync();
        await Heading(page, "Clínica El Sol").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_first_view_that_does_not_come_is_asked_for_again_and_waiting_is_announced()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"vi\"") };
        var asked = 0;
        var arrived = new TaskCompletionSource();
        var page = await host.OpenAsync(prepare: p => p.RouteAsync("**/embed/list?**", async route =>
        {
            if (++asked == 1)
            {
                await route.AbortAsync();
                return;
            }

            await arrived.Task;
            await route.ContinueAsync();
        }));
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Mất kết nối. Thử lại");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Đang tải…");
        arrived.SetResult();
        await Heading(page, "Quý vị cần gì?").WaitForAsync();
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Everything_can_be_reached_and_left_with_the_keyboard_alone()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"en\" near=\"33130\"") };
        var page = await host.OpenAsync();
        await Heading(page, "What do you need?").WaitForAsync();
        await TabToAsync(page, "Someone to talk to");
        await page.Keyboard.PressAsync("Enter");
        var results = page.Locator("h1#results");
        await Assertions.Expect(results).ToBeFocusedAsync();
        await TabToAsync(page, "Clínica del Sol");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Heading(page, "Clínica del Sol")).ToBeFocusedAsync();
        await TabToAsync(page, "Report a problem");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea")).ToBeVisibleAsync();
        for (var i = 0; i < 2; i++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_search_box_suggests_while_one_types_and_is_used_with_the_keyboard()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite
        {
            Policy = HostSite.StrictPolicy(directory),
            Head = $"<script nonce=\"{HostSite.Nonce}\">{HostileBefore}</script>",
            Body = Embed(directory, "lang=\"en\""),
        };
        var requests = new List<string>();
        var complaints = new List<string>();
        var page = await host.OpenAsync(prepare: p =>
        {
            p.Request += (_, request) => requests.Add(request.Url);
            p.Console += (_, message) => complaints.Add(message.Text);
            p.PageError += (_, error) => complaints.Add(error);
            return Task.CompletedTask;
        });
        await page.Locator("summary", new() { HasText = "What are you looking for?" }).ClickAsync();
        var box = page.Locator("#q");
        await box.PressSequentiallyAsync("clinica");
        var options = page.GetByRole(AriaRole.Option);
        await Assertions.Expect(options.First).ToHaveTextAsync("Clínica del Sol");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(page.Locator("span[role=status]")).Not.ToBeEmptyAsync();
        await box.PressAsync("Escape");
        await Assertions.Expect(options).ToHaveCountAsync(0);
        await box.PressSequentiallyAsync(" del");
        await options.First.WaitForAsync();
        await box.PressAsync("ArrowDown");
        await Assertions.Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        await box.PressAsync("Enter");
        await Assertions.Expect(Heading(page, "Clínica del Sol")).ToBeFocusedAsync();
        Assert.DoesNotContain(requests, r => r.Contains("clinica%20", StringComparison.Ordinal) || r.Contains("q=", StringComparison.Ordinal));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_wrong_number_is_reported_once()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        await using var server = new LiveServer(node);
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"en\" need=\"talk\" near=\"33130\"") };
        var page = await host.OpenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Report a problem" }).ClickAsync();
        await page.Locator("input[value=phone]").CheckAsync();
        await page.Locator("textarea").FillAsync("Nobody answers there.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByText("Thank you").WaitForAsync();
        Assert.Equal(1L, await node.Database.TransactAsync(s => s.ScalarAsync<long>(new Sql("test", "SELECT COUNT(*) FROM Suggestion"), null, default), default));
    }

    [Fact]
    public async Task More_results_are_added_below_and_a_language_shows_the_same_search_again()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"en\" need=\"talk\" page-size=\"1\"") };
        var page = await host.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".card").Nth(1).Locator("h2 a")).ToBeFocusedAsync();
        await page.Locator("#q").FillAsync("trauma");
        await page.Locator("#q").PressAsync("Enter");
        // Until then the chooser of the page before is there, and goes with it.
        await Assertions.Expect(page.Locator("#results")).ToBeFocusedAsync();
        await page.Locator(".languages summary").ClickAsync();
        await page.Locator("a[hreflang=es]").ClickAsync();
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("trauma");
        await Assertions.Expect(page.Locator(".directory")).ToHaveAttributeAsync("lang", "es");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clínica El Sol", Exact = true }).WaitForAsync();
    }

    [Fact]
    public async Task Print_prints_the_embed_without_the_hosts_page()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Head = "<script>let prints = 0; window.print = () => { prints++; };</script>", Body = $"<p id=\"other\">Lunch menu</p>{Embed(directory, "lang=\"en\" need=\"talk\"")}" };
        var page = await host.OpenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Print" }).ClickAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator("#other")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("article h1")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".leave")).ToBeHiddenAsync();
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        await Assertions.Expect(page.Locator("#other")).ToBeVisibleAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("prints"));
    }

    [Fact]
    public async Task A_list_is_printed_from_a_window_of_its_own_and_the_words_stay_out_of_its_address()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Policy = HostSite.StrictPolicy(directory), Body = Embed(directory, "lang=\"en\" need=\"talk\"") };
        var page = await host.OpenAsync();
        await page.Locator("#q").FillAsync("trauma");
        await page.Locator("#q").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#results")).ToBeFocusedAsync();
        var sheet = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Print this list" }).ClickAsync());
        await sheet.GetByText("Clínica del Sol").First.WaitForAsync();
        Assert.Equal($"{directory}/en/print", sheet.Url);
    }

    [Fact]
    public async Task A_changed_attribute_shows_at_once_and_a_moved_embed_keeps_what_it_showed()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = $"{Embed(directory, "lang=\"en\"")}<aside></aside>" };
        var page = await host.OpenAsync();
        await Heading(page, "What do you need?").WaitForAsync();
        await page.EvaluateAsync("document.querySelector('health-directory').setAttribute('need', 'talk')");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true }).ClickAsync();
        await Heading(page, "Clínica del Sol").WaitForAsync();
        await page.EvaluateAsync("document.querySelector('aside').append(document.querySelector('health-directory'))");
        await Assertions.Expect(page.Locator("aside article h1")).ToHaveTextAsync("Clínica del Sol");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Escape_three_times_replaces_the_hosts_page()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"en\"") };
        var page = await host.OpenAsync(prepare: p => p.RouteAsync("https://www.weather.gov/**", r => r.FulfillAsync(new() { Body = "<title>Weather</title>", ContentType = "text/html" })));
        await page.Locator("#near").FocusAsync();
        for (var i = 0; i < 3; i++)
        {
            await page.Keyboard.PressAsync("Escape");
        }

        await Assertions.Expect(page).ToHaveTitleAsync("Weather");
    }

    [Fact]
    public async Task It_is_accessible_in_four_languages_wide_and_narrow_light_and_dark()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        var problems = new List<string>();
        await using var host = new HostSite { Head = "<style>html{color-scheme:light dark}body{margin:0}h1{margin:.5rem}</style>", Body = "" };
        var page = await host.OpenAsync(prepare: AccessibilityCheck.PrepareAsync);
        foreach (var (language, width, scheme) in new[] { ("en", 280, ColorScheme.Light), ("es", 1280, ColorScheme.Dark), ("zh-Hans", 320, ColorScheme.Dark), ("ar", 280, ColorScheme.Light), ("en", 1280, ColorScheme.Light) })
        {
            await AccessibilityCheck.ShapeAsync(page, width, scheme);
            foreach (var (name, attributes, then) in new[] { ("first", "", null), ("results", "need=\"talk\"", null), ("entry", "need=\"talk\"", ".card h2 a[href*='clinica-del-sol']"), ("mistake", "state=\"Florida\"", null) })
            {
                host.Body = Embed(directory, $"lang=\"{language}\" {attributes}");
                await page.GotoAsync(host.Address);
                await page.Locator("health-directory h1").WaitForAsync();
                if (then is not null)
                {
                    await page.Locator(then).ClickAsync();
                    await page.Locator("article h1").WaitForAsync();
                }

                await AccessibilityCheck.CheckAsync(page, $"embed {name} {language} {width} {scheme}", width, problems);
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    private static string Embed(string directory, string attributes) =>
        $"<script src=\"{directory}/embed.js\" async></script><health-directory {attributes}></health-directory>";

    private static ILocator Heading(IPage page, string name) => page.Locator("health-directory").GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>("() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at?.textContent.trim(); }") == name)
            {
                return;
            }
        }

        Assert.Fail($"“{name}” cannot be reached with the Tab key.");
    }
}
