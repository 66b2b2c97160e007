using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Hosting;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>What the home page says of the automatic suspension.</summary>
public sealed partial class TodaySuspensionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_suspension_is_announced_for_a_week_then_shown_and_undone_and_a_refusal_is_explained()
    {
        await using var host = await ConsoleHost.StartAsync(services: Replace);
        var administrator = await host.AddCuratorAsync(CuratorRole.Administrator);
        var id = await PublishOverdueAsync(host);
        await RunAsync(host);
        var page = await TodayAsync(host, administrator);
        Assert.Matches("1 entry will be suspended within a week", page);
        Assert.Contains($"href=\"/verify/{id}\"><bdi>Clínica del Sol</bdi>", page, StringComparison.Ordinal);

        for (var day = 0; day < 7; day++)
        {
            Assert.Equal(Listing.Published, await ListingAsync(host, id));
            host.Clock.Advance(TimeSpan.FromDays(1));
            await RunAsync(host);
        }

        Assert.Equal(Listing.Suspended, await ListingAsync(host, id));
        page = await TodayAsync(host, administrator);
        Assert.DoesNotContain("will be suspended within a week", page, StringComparison.Ordinal);
        var run = Run().Match(page).Groups[1].Value;
        await (await host.SignInAsync(administrator)).SubmitAsync(run, "Undo");
        Assert.Equal(Listing.Published, await ListingAsync(host, id));

        ((ServerClock)host.Services.GetRequiredService<DatabaseClock>()).Ahead = TimeSpan.FromMinutes(6);
        await RunAsync(host);
        Assert.Contains("No entry was suspended automatically: the clocks of this computer and of the database differ by 6 minutes.", await TodayAsync(host, administrator), StringComparison.Ordinal);
        Assert.Equal(Listing.Published, await ListingAsync(host, id));
    }

    /// <summary>A clock for the database, and no background services: the test runs the job of each day itself.</summary>
    private static void Replace(IServiceCollection services)
    {
        foreach (var background in services.Where(d => d.ServiceType == typeof(IHostedService) && (d.ImplementationType ?? d.ImplementationFactory?.Method.DeclaringType)?.Assembly == typeof(ConsoleApp).Assembly).ToList())
        {
            services.Remove(background);
        }

        services.AddSingleton<DatabaseClock>(p => new ServerClock(p.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Sessions don't last for days.</summary>
    private static async Task<string> TodayAsync(ConsoleHost host, Curator curator) => WebUtility.HtmlDecode(await (await host.SignInAsync(curator)).ReadAsync("/"));

    private static Task RunAsync(ConsoleHost host) => host.Stores.Suspension.RunAsync(host.Database, Cancellation);

    private static async Task<Guid> PublishOverdueAsync(ConsoleHost host)
    {
        var stores = host.Stores;
        var id = await host.Database.TransactAsync(s => stores.Entries.CreateAsync(s, EditorialOffice.Provider(), Actor.System("test"), null, null, Cancellation), Cancellation);
        await host.Database.TransactAsync(s => stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        // Due after 90 days, with a grace period of 90 days.
        var check = new VerificationRecord
        {
            EntryId = id,
            Revision = 1,
            Method = "phoneCall",
            Outcome = VerificationRecord.Confirmed,
            FieldOutcomes = EditorialOffice.AllAnswers,
            CheckedOn = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(-174),
        };
        await host.Database.TransactAsync(s => stores.Verifications.RecordAsync(s, check, Actor.Curator(Guid.CreateVersion7()), Cancellation), Cancellation);
        return id;
    }

    private static Task<Listing> ListingAsync(ConsoleHost host, Guid id) =>
        host.Database.TransactAsync(async s => (await EntryStore.ReadAsync(s, id, Cancellation)).Listing, Cancellation);

    [GeneratedRegex("1 entry suspended automatically.*?href=\"(/bulk-changes/[^\"]+)\"", RegexOptions.Singleline)]
    private static partial Regex Run();
}
