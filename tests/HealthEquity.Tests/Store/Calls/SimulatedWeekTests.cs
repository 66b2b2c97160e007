using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Calls;

/// <summary>A week in a department that imported 11,000 entries: four curators call, a reviewer approves, and the nightly job runs.</summary>
public sealed class SimulatedWeekTests
{
    private const int Imported = 11_000;

    private const int CallsPerDay = 20;

    private static readonly IReadOnlyDictionary<string, string> Answers =
        new[] { "phone", "place", "cost", "languages", "immigrationStatus", "capacity" }.ToDictionary(g => g, _ => CallQuestions.Right);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_curators_work_through_a_week_and_the_directory_stays_public()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await ImportAsync(office);
        var forecast = await office.DoAsync(s => office.Stores.Forecast.ReadAsync(s, Cancellation));
        // Thirteen weeks of about 846 calls each, and no peak.
        Assert.Equal(Imported, forecast.Weeks.Sum(w => w.Due));
        Assert.All(forecast.Weeks.Take(12), w => Assert.InRange(w.Due, 600, 1_100));
        var team = new List<Guid>();
        foreach (var name in new[] { "ana", "ben", "cleo", "dov" })
        {
            team.Add(await CallQueueTests.AddCuratorAsync(office, name));
        }

        var (confirmed, corrected, silent) = (0, 0, 0);
        for (var day = 0; day < 5; day++)
        {
            foreach (var curator in team)
            {
                var outcomes = await WorkDayAsync(office, curator);
                (confirmed, corrected, silent) = (confirmed + outcomes.Confirmed, corrected + outcomes.Corrected, silent + outcomes.Silent);
            }

            await ApproveAsync(office);
            Assert.Equal(new SuspensionReport(0, null, null), await office.Stores.Suspension.RunAsync(office.Database, Cancellation));
            office.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(5 * 4 * CallsPerDay, confirmed + corrected + silent);
        Assert.Equal(Imported, await CountAsync(office, new EntryFilter { Listing = Listing.Published }));
        Assert.Equal(0, await CountAsync(office, new EntryFilter { Draft = DraftState.InReview }));
        forecast = await office.DoAsync(s => office.Stores.Forecast.ReadAsync(s, Cancellation));
        Assert.Equal((confirmed + corrected + 3) / 4, forecast.DonePerWeek);
        // Half a year later, only entries that somebody had reached can be suspended, and at most 1 % a day.
        office.Clock.Advance(TimeSpan.FromDays(170));
        var suspended = 0;
        for (var day = 0; day < 20; day++)
        {
            var report = await office.Stores.Suspension.RunAsync(office.Database, Cancellation);
            Assert.InRange(report.Suspended, 0, Imported / 100);
            suspended += report.Suspended;
            office.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(confirmed + corrected, suspended);
    }

    private static async Task ImportAsync(EditorialOffice office)
    {
        for (var batch = 0; batch < Imported / 1_000; batch++)
        {
            var entries = Enumerable.Range(batch * 1_000, 1_000).Select(n => new NewEntry(
                Provider($"Facility {n:00000}") with { Phones = [new Phone { Number = $"+1305555{n % 10_000:0000}" }] }, $"facility-{n}"));
            await office.DoAsync(async s =>
            {
                var ids = await office.Entries.CreateAsync(s, [.. entries], Actor.System("import:samhsa"), null, Cancellation);
                await office.Publisher.PublishLatestAsync(s, ids, "publish", Actor.System("import:samhsa"), "Imported.", Cancellation);
            });
        }
    }

    /// <summary>Takes ten twice and calls them: one of ten has changed, two do not answer.</summary>
    private static async Task<(int Confirmed, int Corrected, int Silent)> WorkDayAsync(EditorialOffice office, Guid curator)
    {
        var (confirmed, corrected, silent) = (0, 0, 0);
        for (var round = 0; round < CallsPerDay / CallQueue.Taken; round++)
        {
            Assert.Equal(CallQueue.Taken, await office.DoAsync(s => office.Stores.Queue.TakeAsync(s, new CallFilter(), curator, Cancellation)));
            var mine = await office.DoAsync(s => office.Stores.Queue.ListAsync(s, new CallFilter { AssignedTo = curator }, Cancellation));
            Assert.Equal(CallQueue.Taken, mine.Count);
            foreach (var (index, call) in mine.Index())
            {
                office.Clock.Advance(TimeSpan.FromMinutes(4));
                var result = new CallResult { EntryId = call.EntryId, Revision = 1, Answers = Answers };
                result = index switch
                {
                    0 => await CorrectedAsync(office, result),
                    1 or 2 => result with { Outcome = "unreachable", Answers = new Dictionary<string, string>(), TryAfter = office.Clock.GetUtcNow().AddDays(10) },
                    _ => result,
                };
                (confirmed, corrected, silent) = (confirmed + (index > 2 ? 1 : 0), corrected + (index == 0 ? 1 : 0), silent + (index is 1 or 2 ? 1 : 0));
                await office.DoAsync(s => office.Stores.Calls.RecordAsync(s, result, Actor.Curator(curator), Cancellation));
            }

            // What waits for a review or another attempt is handed back.
            await office.DoAsync(s => office.Stores.Queue.HandOverAsync(s, mine.Select(c => c.EntryId), curator, null, Cancellation));
            await ApproveAsync(office);
        }

        return (confirmed, corrected, silent);
    }

    private static async Task<CallResult> CorrectedAsync(EditorialOffice office, CallResult call)
    {
        var latest = await office.DoAsync(s => EntryStore.ReadRevisionAsync(s, call.EntryId, 1, Cancellation));
        var entry = (Provider)EntryJson.Read(latest.Body);
        return call with
        {
            Correction = entry with { Website = "https://clinic.example" },
            BasedOn = 1,
            CorrectionNote = "Website",
            Answers = new Dictionary<string, string>(Answers) { ["web"] = CallQuestions.Changed },
        };
    }

    private static async Task ApproveAsync(EditorialOffice office)
    {
        foreach (var entry in await office.DoAsync(s => EntryFinder.FindAsync(s, new EntryFilter { Draft = DraftState.InReview }, EntrySort.Changed, 0, 100, Cancellation)))
        {
            await office.DoAsync(s => office.Reviews.ApproveAsync(s, entry.EntryId, entry.LatestRevision, Reviewer, null, Cancellation));
        }
    }

    private static Task<int> CountAsync(EditorialOffice office, EntryFilter filter) => office.DoAsync(s => EntryFinder.CountAsync(s, filter, Cancellation));
}
