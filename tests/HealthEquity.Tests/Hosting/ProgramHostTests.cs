using HealthEquity.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace HealthEquity.Tests.Hosting;

public sealed class ProgramHostTests
{
    [Theory]
    [InlineData(null, null, "http://localhost:5080")]
    [InlineData("http_ports", "8080", null)]
    [InlineData("https_ports", "8443", null)]
    [InlineData("urls", "http://*:9000", "http://*:9000")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://*:9001", null)]
    public void The_address_of_our_own_is_for_when_nobody_names_another(string? setting, string? value, string? listens)
    {
        var builder = WebApplication.CreateSlimBuilder(setting is null ? [] : [$"--{setting}={value}"]);
        builder.HostAt("http://localhost:5080", 1000);
        Assert.Equal(listens ?? "", builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey) ?? "");
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("/", "")]
    [InlineData("directory/", "/directory")]
    [InlineData("/health/directory", "/health/directory")]
    public void A_path_base_is_written_with_or_without_slashes(string? setting, string path)
    {
        var builder = WebApplication.CreateSlimBuilder(setting is null ? [] : [$"--PathBase={setting}"]);
        Assert.Equal(path + "/v1", new PublicPath(builder.Configuration).Of("/v1"));
    }
}
