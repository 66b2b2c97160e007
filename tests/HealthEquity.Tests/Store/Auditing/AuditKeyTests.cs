using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Store.Auditing;

/// <summary>The audit log is sealed with a key that is not in the database.</summary>
public sealed class AuditKeyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_key_that_sealed_the_log_verifies_it()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        using var certificates = new TestCertificates();
        var department = certificates.Create("department");
        await AppendAsync(test, department, count: 3);

        Assert.Equal(new AuditCheck(null, 0), await CheckAsync(test, department));
        Assert.Equal(new AuditCheck(1, 0), await CheckAsync(test, certificates.Create("other")));
        Assert.Equal(new AuditCheck(1, 0), await CheckAsync(test, new KeySettings(File: $"{test.Database.FilePath}.other")));
    }

    [Fact]
    public async Task A_log_that_a_key_file_began_and_a_certificate_continued_is_intact_with_both()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        using var certificates = new TestCertificates();
        await AppendAsync(test, new KeySettings(), count: 2);
        var department = certificates.Create("department");
        await AppendAsync(test, department, count: 2);

        Assert.Equal(new AuditCheck(null, 0), await CheckAsync(test, department));
        Assert.Equal(new AuditCheck(3, 0), await CheckAsync(test, new KeySettings()));
    }

    [Fact]
    public async Task After_a_renewal_the_log_is_intact_with_the_former_certificate_and_the_new_one_seals()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        using var certificates = new TestCertificates();
        var (former, current) = (certificates.Create("former"), certificates.Create("current"));
        var renewed = current with { FormerCertificates = [(former.Certificate!, former.CertificatePassword)] };
        await AppendAsync(test, former, count: 2);
        await AppendAsync(test, renewed, count: 2);

        Assert.Equal(new AuditCheck(null, 0), await CheckAsync(test, renewed));
        Assert.Equal(new AuditCheck(1, 0), await CheckAsync(test, current));
        Assert.Equal(new AuditCheck(3, 0), await CheckAsync(test, former));
    }

    [Fact]
    public async Task A_seal_cannot_be_made_from_what_a_backup_holds()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        await AppendAsync(test, new KeySettings(), count: 4);
        await test.Database.TransactAsync(s => ForgedAudit.RewriteAsync(s, from: 2, Cancellation), Cancellation);
        Assert.Equal(new AuditCheck(2, 0), await CheckAsync(test, new KeySettings()));

        // The console goes on, and its next row does not cover up the forgery.
        await AppendAsync(test, new KeySettings(), count: 1);
        Assert.Equal(new AuditCheck(2, 0), await CheckAsync(test, new KeySettings()));
    }

    private static async Task AppendAsync(TestDatabase test, KeySettings keys, int count)
    {
        var log = new AuditLog(TimeProvider.System);
        await Database.Create(test.ConnectionString, keys: keys).TransactAsync(
            s => log.AppendAsync(s, Actor.System("test"), [.. Enumerable.Range(1, count).Select(i => ("count", $"thing:{i}", (string?)null))], Cancellation), Cancellation);
    }

    private static async Task<AuditCheck> CheckAsync(TestDatabase test, KeySettings keys)
    {
        await using var session = await Database.Create(test.ConnectionString, keys: keys).OpenAsync(Cancellation);
        return await AuditLog.CheckAsync(session, Cancellation);
    }
}
