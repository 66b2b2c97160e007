using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Auditing;

public sealed class AuditLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_untouched_log_is_intact(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await office.PublishNewAsync(Provider());
        await office.PublishNewAsync(Provider("Další"));
        Assert.Equal(new AuditCheck(null, 0), await office.DoAsync(s => AuditLog.CheckAsync(s, Cancellation)));
    }

    [Fact]
    public void SQL_Server_denies_the_curator_role_to_change_or_delete_audit_rows()
    {
        var assembly = typeof(AuditLog).Assembly;
        var roles = assembly.GetManifestResourceNames().Single(n => n.Contains("SqlServer", StringComparison.Ordinal) && n.EndsWith("0002_Access.sql", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(roles)!);
        Assert.Contains("DENY UPDATE, DELETE ON dbo.Audit TO directory_curator;", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM Audit WHERE Number = 2", 2)]
    [InlineData("DELETE FROM Audit WHERE Number = (SELECT MAX(Number) FROM Audit)", 4)]
    [InlineData("UPDATE Audit SET Actor = 'curator:somebody-else' WHERE Number = 3", 3)]
    [InlineData("UPDATE Audit SET Detail = 'x' WHERE Number = 1", 1)]
    public async Task A_row_removed_or_altered_outside_the_log_is_detected(string tampering, int broken)
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await office.PublishNewAsync(Provider());
        await office.PublishNewAsync(Provider("Další"));
        foreach (var statement in new[] { "DROP TRIGGER Audit_NoDelete", "DROP TRIGGER Audit_NoUpdate", tampering })
        {
            await office.DoAsync(s => s.ExecuteAsync(new Sql("test", statement), null, Cancellation));
        }

        Assert.Equal(broken, (await office.DoAsync(s => AuditLog.CheckAsync(s, Cancellation))).BrokenAt);
    }
}
