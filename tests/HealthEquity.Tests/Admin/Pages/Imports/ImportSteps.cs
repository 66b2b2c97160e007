using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Imports;
using HealthEquity.Imports.Records;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages.Imports;

/// <summary>The steps of an import in a browser without JavaScript.</summary>
internal static partial class ImportSteps
{
    public const string Messy =
        "Agency;Street Address;Town;ST;Zip;Telephone;Hours of Operation;Languages Spoken;Ref\r\n"
        + "Casa Amparo;60 Westwood Ave;Waterbury;Connecticut;6708;(860) 276-3000;M-F 8:30am-5pm;Spanish; A1\r\n"
        + "Refuge House;12 Main St;Hartford;CT;06103;860-276-3001 x4;Mon-Fri 9-5;\"Spanish; French\"; A2\r\n"
        + "No Such Zip;1 Elm St;Hartford;CT;06103;12;Mon-Fri 9-5;Spanish; A3\r\n";

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> SendFileAsync(this ConsoleBrowser browser, string name, string text) =>
        browser.SendFileAsync(name, Encoding.UTF8.GetBytes(text));

    public static async Task<HttpResponseMessage> SendFileAsync(this ConsoleBrowser browser, string name, byte[] content, string page = "/imports") =>
        await browser.SendFileWithAsync(await browser.TokenAsync(page), name, content, page);

    public static async Task<HttpResponseMessage> SendFileWithAsync(this ConsoleBrowser browser, string? token, string name, byte[] content, string page = "/imports")
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "Upload", name);
        using var sealing = new StringContent(token ?? "");
        form.Add(sealing, "formToken");
        return await browser.Client.PostAsync(new Uri($"{page}?handler=Upload", UriKind.Relative), form, Cancellation);
    }

    /// <summary>Uploads a file.</summary>
    /// <returns>The import's id.</returns>
    public static async Task<Guid> UploadAsync(this ConsoleBrowser browser, string name, string text)
    {
        var answer = await browser.SendFileAsync(name, text);
        await SeeItWentOnAsync(answer, "/imports");
        return Guid.Parse(Id().Match((answer.Headers.Location ?? answer.RequestMessage!.RequestUri!).ToString()).Value);
    }

    /// <summary>Submits the column form as suggested, with the given changes.</summary>
    public static async Task<HttpResponseMessage> ChooseAsync(this ConsoleBrowser browser, Guid id, params (string Name, string Value)[] changes)
    {
        var page = await browser.ReadAsync($"/imports/{id}/columns");
        var fields = FormOnPage.Read(page, "id=\"columns\"").Fields().Where(f => !changes.Any(c => c.Name == f.Name));
        return await browser.SubmitAsync($"/imports/{id}/columns", null, [.. fields, .. changes]);
    }

    /// <summary>Uploads a table, accepts the suggested fields, and waits for the plan.</summary>
    public static async Task<Guid> PlanAsync(this ConsoleBrowser browser, ConsoleHost host, string name, string text, params (string Name, string Value)[] changes)
    {
        var id = await browser.UploadAsync(name, text);
        await SeeItWentOnAsync(await browser.ChooseAsync(id, changes), $"/imports/{id}/columns");
        await host.WaitAsync(id, ImportState.Planned);
        return id;
    }

    /// <summary>Plans an import with an existing mapping.</summary>
    public static async Task PlanByAsync(this ConsoleBrowser browser, ConsoleHost host, Guid id, string mapping)
    {
        await SeeItWentOnAsync(await browser.SubmitAsync($"/imports/{id}/columns", "Plan", ("mapping", mapping)), $"/imports/{id}/columns");
        await host.WaitAsync(id, ImportState.Planned);
    }

    /// <summary>Clicks a button on the import's page and waits for the result.</summary>
    public static async Task PressAsync(this ConsoleBrowser browser, ConsoleHost host, Guid id, string button, ImportState state)
    {
        var answer = await browser.SubmitAsync($"/imports/{id}", button);
        Assert.True(!(await answer.Content.ReadAsStringAsync(Cancellation)).Contains("error-summary", StringComparison.Ordinal), $"{button} was refused");
        await host.WaitAsync(id, state);
    }

    /// <summary>Waits until no task is running, then checks the state.</summary>
    public static async Task<Import> WaitAsync(this ConsoleHost host, Guid id, ImportState state)
    {
        var waiting = Stopwatch.StartNew();
        await Node.UntilAsync(async () =>
        {
            if (waiting.Elapsed > LongWait)
            {
                // If the database was busy, the runner tries again in a moment. By this console's clock that moment never comes.
                host.Services.GetRequiredService<ImportRunner>().Wake();
                waiting.Restart();
            }

            return await host.Database.TransactAsync(async s => await ImportTasks.FindAsync(s, id, Cancellation) is null, Cancellation);
        });
        var import = await host.Database.TransactAsync(s => ImportStore.ReadAsync(s, id, Cancellation), Cancellation);
        Assert.True(import.State == state, $"{import.State}: {import.Fault}");
        return import;
    }

    /// <summary>Checks that the form was accepted. Clients on a port follow redirects; others don't.</summary>
    private static async Task SeeItWentOnAsync(HttpResponseMessage answer, string from) => Assert.True(
        answer.StatusCode == HttpStatusCode.Redirect || answer.RequestMessage!.RequestUri!.AbsolutePath != from, await answer.Content.ReadAsStringAsync(Cancellation));

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
