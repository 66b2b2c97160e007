using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Store.Databases;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.SignIn;

/// <summary>The keys of the console are in the database only in encrypted form.</summary>
public sealed class KeyFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_has_only_the_database_has_no_keys_and_every_node_with_the_file_has_them()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        var text = Node(test).CreateProtector("test").Protect("text");
        Assert.DoesNotContain("masterKey", await StoredKeyAsync(test), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode($"{test.Database.FilePath}.key"));
        }

        Assert.Equal("text", Node(test).CreateProtector("test").Unprotect(text));
        Assert.ThrowsAny<Exception>(() => Node(test, new KeySettings(File: $"{test.Database.FilePath}.other")).CreateProtector("test").Unprotect(text));
    }

    [Fact]
    public async Task A_certificate_encrypts_them_for_every_node_that_has_it_and_no_key_file_is_made()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        using var certificates = new TestCertificates();
        var keys = certificates.Create("department");
        var text = Node(test, keys).CreateProtector("test").Protect("text");
        var stored = await StoredKeyAsync(test);
        Assert.Contains("EncryptedData", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", stored, StringComparison.Ordinal);
        Assert.False(File.Exists($"{test.Database.FilePath}.key"));

        Assert.Equal("text", Node(test, keys).CreateProtector("test").Unprotect(text));
        Assert.ThrowsAny<Exception>(() => Node(test, certificates.Create("other")).CreateProtector("test").Unprotect(text));
    }

    [Fact]
    public async Task Beside_a_certificate_the_former_key_file_still_decrypts_what_it_encrypted()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        using var certificates = new TestCertificates();
        var text = Node(test).CreateProtector("test").Protect("text");
        Assert.Equal("text", Node(test, certificates.Create("department")).CreateProtector("test").Unprotect(text));
    }

    [Fact]
    public async Task After_a_renewal_the_former_certificates_still_decrypt_what_they_encrypted()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        using var certificates = new TestCertificates();
        var (first, second, third) = (certificates.Create("2024"), certificates.Create("2025"), certificates.Create("2026"));
        var text = Node(test, first).CreateProtector("test").Protect("text");

        Assert.Equal("text", Node(test, third with { FormerCertificates = [Of(second), Of(first)] }).CreateProtector("test").Unprotect(text));
        Assert.ThrowsAny<Exception>(() => Node(test, third with { FormerCertificates = [Of(second)] }).CreateProtector("test").Unprotect(text));
        // Also when a key file took over.
        Assert.Equal("text", Node(test, new KeySettings { FormerCertificates = [Of(first)] }).CreateProtector("test").Unprotect(text));

        static (string File, string? Password) Of(KeySettings keys) => (keys.Certificate!, keys.CertificatePassword);
    }

    [Fact]
    public void A_server_without_a_key_is_warned_about_and_one_with_a_key_is_not()
    {
        const string Server = "Server=nowhere;Database=Directory";
        Assert.Equal(
            "No key is set. Everybody who can read the database or a backup can forge sessions and read two-factor secrets, and everybody who can "
            + "write it can rewrite the audit log unnoticed. Set Keys__File or Keys__Certificate for the console and the command line.",
            Database.Create(Server).Keys.Warning);
        Assert.Null(Database.Create(Server, keys: new KeySettings(File: "directory.key")).Keys.Warning);
        Assert.Null(Database.Create("Data Source=directory.db").Keys.Warning);
    }

    private static async Task<string> StoredKeyAsync(TestDatabase test)
    {
        await using var session = await test.Database.OpenAsync(Cancellation);
        return Assert.Single(await DataProtectionKeys.ReadAsync(session, Cancellation));
    }

    private static IDataProtectionProvider Node(TestDatabase test, KeySettings? keys = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Keys:File"] = keys?.File,
            ["Keys:Certificate"] = keys?.Certificate,
            ["Keys:CertificatePassword"] = keys?.CertificatePassword,
        };
        foreach (var (index, (file, password)) in (keys?.FormerCertificates ?? []).Index())
        {
            settings[$"Keys:FormerCertificates:{index}"] = file;
            settings[$"Keys:FormerCertificatePasswords:{index}"] = password;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddSingleton(Database.Create(test.ConnectionString, keys: KeySettings.Read(name => configuration[name])));
        services.AddConsoleSignIn(configuration);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }
}
