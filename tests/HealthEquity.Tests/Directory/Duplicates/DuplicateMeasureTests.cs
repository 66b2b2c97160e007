using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Directory.Duplicates;

/// <summary>Measures how many corrupted copies duplicate detection finds (recall) and how many pairs it gets wrong (precision).</summary>
public sealed class DuplicateMeasureTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copies_of_real_facilities_are_found_far_more_often_than_by_exact_match()
    {
        var facilities = CorruptedCopies.OfFacilities(1500);
        Assert.SkipWhen(facilities is null, "the facilities file is not beside the checkout");
        var measured = await MeasureAsync(facilities!, copies: 500);
        Assert.True(measured.Recall > 0.9, $"recall {measured.Recall:P1}");
        Assert.True(measured.Precision > 0.9, $"precision {measured.Precision:P1}");
        Assert.True(measured.Recall > measured.ExactRecall + 0.3, $"exact match already finds {measured.ExactRecall:P1}");
    }

    [Fact]
    public async Task Copies_of_the_starter_directory_are_found_far_more_often_than_by_exact_match()
    {
        var starter = CorruptedCopies.OfStarter();
        var measured = await MeasureAsync(starter, starter.Originals.Count);
        // Hotlines have a name and a number only: a copy with both of them changed has nothing in common with the original.
        Assert.True(measured.Recall > 0.7, $"recall {measured.Recall:P1}");
        Assert.True(measured.Precision > 0.9, $"precision {measured.Precision:P1}");
        Assert.True(measured.Recall > measured.ExactRecall + 0.3, $"exact match already finds {measured.ExactRecall:P1}");
    }

    private async Task<(double Recall, double Precision, double ExactRecall)> MeasureAsync(CorruptedCopies source, int copies)
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var entries = new Dictionary<Guid, ServiceEntry>();
        var (truth, copied) = (new HashSet<(Guid, Guid)>(), new HashSet<Guid>());
        await office.DoAsync(async s =>
        {
            async Task<Guid> AddAsync(ServiceEntry entry)
            {
                var id = await office.Entries.CreateAsync(s, entry, Writer, null, $"e-{entries.Count}", Cancellation);
                entries.Add(id, entry);
                return id;
            }

            foreach (var (index, entry) in source.Originals.Index())
            {
                var id = await AddAsync(entry);
                if (index < copies)
                {
                    var copy = await AddAsync(source.Corrupt(entry));
                    copied.Add(copy);
                    truth.Add(DuplicatePair.Ordered(id, copy));
                }
            }
        });
        await office.Stores.Duplicates.CatchUpAsync(office.Database, Cancellation);

        // Nobody has checked the originals for duplicates, so only pairs with a copy count.
        var found = (await office.DoAsync(s => DuplicateStore.ListAsync(s, PairFilter.All, 0, int.MaxValue, Cancellation)))
            .Select(p => (p.FirstId, p.SecondId)).Where(p => copied.Contains(p.FirstId) || copied.Contains(p.SecondId)).ToHashSet();
        var exact = truth.Count(p => IsExact(entries[p.Item1], entries[p.Item2]));

        var right = (double)truth.Count(found.Contains);
        var measured = (right / truth.Count, right / found.Count, (double)exact / truth.Count);
        output.WriteLine($"recall {measured.Item1:P1}, precision {measured.Item2:P1}; exact match: recall {measured.Item3:P1}");
        return measured;
    }

    /// <summary>The baseline without a scorer: the same name with the same phone number or the same street.</summary>
    private static bool IsExact(ServiceEntry one, ServiceEntry other) =>
        one.Name == other.Name
        && (one.Phones.Any(p => other.Phones.Any(o => o.Number == p.Number))
            || one.Locations.Any(l => l.Address1 is not null && other.Locations.Any(o => o.Address1 == l.Address1)));
}
