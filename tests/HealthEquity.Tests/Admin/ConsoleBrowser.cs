using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Mvc.Testing;

namespace HealthEquity.Tests.Admin;

/// <summary>A simple browser: keeps cookies, submits forms with their antiforgery token, and does not follow redirects.</summary>
public sealed partial class ConsoleBrowser
{
    private readonly ConsoleHost _host;

    public ConsoleBrowser(ConsoleHost host, string address)
    {
        _host = host;
        Client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(address) });
    }

    public HttpClient Client { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    public async Task<string> ReadAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync(Cancellation);

    public async Task<HttpStatusCode> StatusAsync(string path) => (await GetAsync(path)).StatusCode;

    /// <summary>Opens a page and submits its form.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string? handler, params (string Name, string Value)[] fields) =>
        await PostAsync(handler is null ? page : $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler={handler}", await TokenAsync(page), fields);

    public async Task<string> TokenAsync(string page) => Token().Match(await ReadAsync(page)).Groups[1].Value;

    public Task<HttpResponseMessage> PostAsync(string path, string? token, params (string Name, string Value)[] fields)
    {
        var content = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("formToken", token ?? "")]);
        return Client.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
    }

    public async Task<HttpResponseMessage> SignInAsync(Curator curator, string password = ConsoleHost.Password, string page = "/sign-in")
    {
        var answer = await SubmitAsync(page, null, ("UserName", curator.UserName), ("Password", password));
        if (answer.Headers.Location?.ToString() is { } next && next.StartsWith("/sign-in/code", StringComparison.Ordinal))
        {
            return await SubmitAsync(next, null, ("Code", _host.NextCode()));
        }

        return answer;
    }

    public async Task<bool> IsSignedInAsync() => await StatusAsync("/account/sessions") == HttpStatusCode.OK;

    [GeneratedRegex("name=\"formToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
