using HealthEquity.Tests.Api;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Lists;

/// <summary>
/// A newcomer's way from nothing to paper, counted in steps: a step is a page that is opened, a field that is filled in, or a button that is
/// pressed. What a person needs for them follows from the keystroke-level model (Card, Moran, Newell: The Psychology of Human-Computer
/// Interaction, 1983), so that no clock is read.
/// </summary>
public sealed class FirstListTests(DirectoryApi api)
{
    private const int StepsInTheConsole = 12;

    private const int StepsWithTheAddress = 5;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_of_five_places_is_on_paper_in_Spanish_and_English_after_a_few_steps(bool scripts)
    {
        await using var browser = await Chromium.OpenAsync();
        var node = await api.OpenAsync(async node =>
        {
            foreach (var number in Enumerable.Range(1, 5))
            {
                await node.PublishAsync(SampleDirectory.Sol with { Name = $"Clinic {number}" }, $"clinic-{number}");
            }
        });
        await using var server = new LiveServer(node);
        var address = await server.StartAsync();
        await using var host = ConsoleHost.StartBeside(node);
        var person = await PersonAtConsole.ArriveAsync(host, browser, "ana", scripts);
        await person.SetUpAsync($"/set-up?token={await host.CreateFirstLinkAsync()}", () => Assertions.Expect(person.Page.Locator("#Code")).ToBeFocusedAsync());
        var (page, console, printing) = (person.Page, new Pace(), new Pace());
        await console.StepAsync(() => page.ClickAsync("nav >> text='Lists'"));
        await console.FillAsync(page, "#Title", "Help for Lincoln families");
        await console.StepAsync(() => page.ClickAsync("text='Create list'"));
        await console.FillAsync(page, "#Text", "Clinic");
        await console.StepAsync(() => page.ClickAsync("button:text-is('Search')"));
        await Assertions.Expect(page.Locator("#found")).ToBeInViewportAsync();
        await Assertions.Expect(page.Locator("#Text")).ToBeInViewportAsync();
        for (var number = 1; number <= 5; number++)
        {
            var added = page.Locator(".found .tag");
            await console.StepAsync(() => page.Locator(".found button").First.ClickAsync());
            await Assertions.Expect(added).ToHaveCountAsync(number);
            await Assertions.Expect(page.Locator("#found")).ToContainTextAsync(number == 1 ? "1 entry is on the list." : $"{number} entries are on the list.");
        }

        await console.FillAsync(page, "[name='Titles[es]']", "Ayuda para familias de Lincoln");
        await console.StepAsync(() => page.ClickAsync("text='Save and publish'"));
        await Assertions.Expect(page.Locator(".notice")).ToHaveTextAsync("List published.");
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/lists/help-for-lincoln-families")).IsSuccessStatusCode);

        var typed = $"{address}/lists/help-for-lincoln-families";
        await printing.StepAsync(() => page.GotoAsync($"{address}/es/lists/help-for-lincoln-families"), typed);
        await printing.StepAsync(() => page.ClickAsync(".acts a[href*='/print?list=']"));
        await printing.StepAsync(() => page.SelectOptionAsync("#with", "en"));
        await printing.StepAsync(() => page.ClickAsync(".choose .go"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Ayuda para familias de Lincoln");
        await Assertions.Expect(page.Locator(".title")).ToHaveTextAsync("Help for Lincoln families");
        await page.WaitForLoadStateAsync();
        var paper = Array.Empty<byte>();
        await printing.StepAsync(async () => paper = await page.PdfAsync());
        Assert.Equal("%PDF-", System.Text.Encoding.ASCII.GetString(paper, 0, 5));
        Assert.Equal(5, await page.Locator(".places > li").CountAsync());
        Assert.Equal((StepsInTheConsole, StepsWithTheAddress), (console.Steps, printing.Steps));
        Assert.InRange(console.Seconds + printing.Seconds, 1, 180);
        Assert.InRange(printing.Seconds, 1, 60);
    }

    /// <summary>What a person does and how long that takes, without the waiting.</summary>
    private sealed class Pace
    {
        // Seconds: to decide, to point at something and press it, to move a hand to the keyboard and back, and for a key at 40 words a minute.
        private const double Decision = 1.35;
        private const double Press = 1.3;
        private const double Hands = 0.8;
        private const double Key = 0.28;

        public int Steps { get; private set; }

        public double Seconds { get; private set; }

        public Task StepAsync(Func<Task> step, string typed = "")
        {
            Steps++;
            Seconds += Decision + Press + (typed.Length > 0 ? Hands + (typed.Length * Key) : 0);
            return step();
        }

        public Task FillAsync(IPage page, string field, string text) => StepAsync(() => page.FillAsync(field, text), text);
    }
}
