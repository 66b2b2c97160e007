using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Imports;
using HealthEquity.Api.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Tests.Hosting;

/// <summary>The recipes in .github/deploy fit the programs.</summary>
public sealed partial class RecipeTests
{
    private static readonly long LargestUpload = new SourceLimits().MaximumBytes + ImportLimits.FormBytes;

    [Theory]
    [InlineData("nginx.conf.template", 2)]
    [InlineData("nginx-site.conf", 2)]
    [InlineData("iis.md", 2)]
    public void A_proxy_lets_through_what_the_programs_accept(string recipe, int limits)
    {
        var sizes = Sizes().Matches(Read(recipe)).Select(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) << (m.Groups[2].Value switch { "k" => 10, "m" => 20, _ => 0 })).ToList();
        Assert.Equal(limits, sizes.Count);
        Assert.All(sizes, s => Assert.True(s >= RequestBody.MaxLength));
        Assert.True(sizes.Max() >= LargestUpload, $"{sizes.Max()} is less than {LargestUpload}");
    }

    [Theory]
    [InlineData("nginx.conf.template")]
    [InlineData("nginx-site.conf")]
    public void Nginx_sets_the_callers_address_and_logs_none(string recipe)
    {
        var text = Read(recipe);
        Assert.Equal(2, text.Split("proxy_set_header X-Forwarded-For $remote_addr;").Length - 1);
        Assert.Equal(2, text.Split("proxy_set_header X-Forwarded-Proto $scheme;").Length - 1);
        Assert.All(Variables().Matches(Format().Match(text).Groups[1].Value), v => Assert.Contains(v.Value, (string[])["$time_iso8601", "$request_method", "$status", "$request_time"]));
        Assert.All(AccessLogs().Matches(text), log => Assert.Matches("(^off| discreet)$", log.Groups[1].Value));
    }

    [Theory]
    [InlineData("nginx.conf.template", "${API_HOST}", "${CONSOLE_HOST}")]
    [InlineData("nginx-site.conf", "directory.health.example", "console.health.example")]
    public void Nginx_redirects_only_to_the_hosts_of_the_directory(string recipe, params string[] hosts)
    {
        var text = Read(recipe);
        Assert.Equal(hosts, Redirects().Matches(text).Select(m => m.Groups[1].Value));
        Assert.Matches(@"listen 80 default_server;[^}]*return 444;", text);
    }

    private static string Read(string recipe, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../.github/deploy", recipe));

    [GeneratedRegex("(?:client_max_body_size |maxAllowedContentLength=\")(\\d+)([km]?)[;\"]")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"return 301 https://(\$\{\w+\}|[\w.$]+)\$request_uri;")]
    private static partial Regex Redirects();

    [GeneratedRegex("log_format discreet '([^']*)'")]
    private static partial Regex Format();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variables();

    [GeneratedRegex(@"access_log ([^;]*);")]
    private static partial Regex AccessLogs();
}
