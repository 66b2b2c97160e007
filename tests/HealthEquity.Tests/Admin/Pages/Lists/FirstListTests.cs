using HealthEquity.Tests.Api;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Lists;

/// <summary>A newcomer's way from nothing to paper, counted in steps: a step is a page that is opened, a field that is filled in, or a button that is pressed.</summary>
public sealed class FirstListTests(DirectoryApi api)
{
    private const int StepsInTheConsole = 14;

    private const int StepsWithTheAddress = 2;

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
        await person.SetUpAsync($"/set-up?token={await host.CreateFirstLinkAsync()}");
        var (page, steps) = (person.Page, 0);
        Task StepAsync(Func<Task> step)
        {
            steps++;
            return step();
        }

        await StepAsync(() => page.ClickAsync("nav >> text='Lists'"));
        await StepAsync(() => page.FillAsync("#Title", "Help for Lincoln families"));
        await StepAsync(() => page.ClickAsync("text='Create list'"));
        await StepAsync(() => page.FillAsync("#Text", "Clinic"));
        await StepAsync(() => page.ClickAsync("button:text-is('Search')"));
        for (var number = 1; number <= 5; number++)
        {
            var added = page.Locator(".found .tag");
            await StepAsync(() => page.Locator(".found button").First.ClickAsync());
            await Assertions.Expect(added).ToHaveCountAsync(number);
        }

        await StepAsync(() => page.FillAsync("[name='Titles[es]']", "Ayuda para familias de Lincoln"));
        await StepAsync(() => page.ClickAsync("text='Save and publish'"));
        await Assertions.Expect(page.Locator(".notice")).ToHaveTextAsync("List published.");
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/lists/help-for-lincoln-families")).IsSuccessStatusCode);

        var before = steps;
        await StepAsync(() => page.GotoAsync($"{address}/es/print?list=help-for-lincoln-families&with=en"));
        var paper = await page.PdfAsync();
        steps++;
        Assert.Equal("%PDF-", System.Text.Encoding.ASCII.GetString(paper, 0, 5));
        Assert.Equal(5, await page.Locator(".places > li").CountAsync());
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Ayuda para familias de Lincoln");
        await Assertions.Expect(page.Locator(".title")).ToHaveTextAsync("Help for Lincoln families");
        Assert.Equal((StepsInTheConsole, StepsWithTheAddress), (steps, steps - before));
    }
}
