using System.Runtime.CompilerServices;
using System.Xml.Linq;
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

    /// <remarks>The SDK puts the program's name right behind the working directory; without a slash, "/appHealthEquity.Api.dll" would be started.</remarks>
    [Fact]
    public void A_container_starts_the_program_that_is_in_it()
    {
        var properties = XDocument.Load(Path.Combine(Path.GetDirectoryName(Here())!, "../../../db/Hosting/Container.props")).Descendants("PropertyGroup").Single();
        Assert.EndsWith("/", properties.Element("ContainerWorkingDirectory")!.Value, StringComparison.Ordinal);
        Assert.Equal("1654", properties.Element("ContainerUser")!.Value);
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
