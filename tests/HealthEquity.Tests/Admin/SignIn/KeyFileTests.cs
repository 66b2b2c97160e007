using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Store.Databases;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.SignIn;

public sealed class KeyFileTests
{
    [Fact]
    public async Task Whoever_has_only_the_database_has_no_keys_and_every_node_with_the_file_has_them()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        var text = Node(test).CreateProtector("test").Protect("text");
        await using var session = await test.Database.OpenAsync(TestContext.Current.CancellationToken);
        var key = Assert.Single(await DataProtectionKeys.ReadAsync(session, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode($"{test.Database.FilePath}.key"));
        }

        Assert.Equal("text", Node(test).CreateProtector("test").Unprotect(text));
    }

    private static IDataProtectionProvider Node(TestDatabase test)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(test.Database);
        services.AddConsoleSignIn(new ConfigurationBuilder().Build());
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }
}
