using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.SignIn;

/// <summary>Where the console tells its operator something that must not be in a log.</summary>
internal sealed record Announcer(TextWriter Writer);

/// <summary>While there is nobody who could sign in, each start prints a link that makes the first administrator.</summary>
internal sealed class FirstAdministrator(Database database, TimeProvider clock, Announcer announcer)
{
    public async Task AnnounceAsync(IEnumerable<string> addresses)
    {
        if (await CreateLinkAsync(CancellationToken.None) is not { } path)
        {
            return;
        }

        var address = addresses.FirstOrDefault()?.TrimEnd('/') ?? "";
        await announcer.Writer.WriteLineAsync($"""

            Nobody can sign in yet. Open this link within an hour to become the first administrator; it works once:

              {address}{path}

            """);
    }

    private Task<string?> CreateLinkAsync(CancellationToken cancellation) => database.TransactAsync(
        async session => await CuratorStore.AnyAsync(session, cancellation)
            ? null
            : SetUpPath(await SetUpLinks.CreateAsync(session, curatorId: null, clock.GetUtcNow(), cancellation)),
        cancellation);

    /// <summary>The path of a set-up link.</summary>
    public static string SetUpPath(string token) => $"/set-up?token={token}";
}
