using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.SignIn;

/// <summary>Writes messages to the operator that must not be logged.</summary>
internal sealed record OperatorOutput(TextWriter Writer);

/// <summary>Prints a setup link for the first administrator at each start until one exists.</summary>
internal sealed class FirstAdministrator(Database database, TimeProvider clock, OperatorOutput output, ConsoleAddress console)
{
    public async Task AnnounceAsync(IEnumerable<string> addresses)
    {
        if (await CreateLinkAsync(CancellationToken.None) is not { } path)
        {
            return;
        }

        var address = console.Configured(path) ?? (addresses.FirstOrDefault()?.TrimEnd('/') ?? "") + console.PathOf(path);
        await output.Writer.WriteLineAsync($"""

            No one can sign in yet. Open this link within an hour to become the first administrator. It works once.

              {address}

            """);
    }

    /// <summary>A new link for the first administrator; null when somebody can sign in already.</summary>
    public Task<string?> CreateLinkAsync(CancellationToken cancellation) => database.TransactAsync(
        async session => await CuratorStore.AnyAsync(session, cancellation)
            ? null
            : SetUpPath(await SetUpLinks.CreateAsync(session, curatorId: null, clock.GetUtcNow(), cancellation)),
        cancellation);

    /// <summary>Returns the path of a setup link.</summary>
    public static string SetUpPath(string token) => $"/set-up?token={token}";
}
