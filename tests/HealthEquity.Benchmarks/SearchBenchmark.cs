using System.Diagnostics;
using System.Globalization;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;
using HealthEquity.Search.Questions;

namespace HealthEquity.Benchmarks;

/// <summary>How fast one node loads a directory into memory, how much memory it needs, and how fast it answers. In process, without HTTP.</summary>
internal static class SearchBenchmark
{
    private const int BatchSize = 5000;
    private const int Searches = 1000;

    public static void Run(int entries)
    {
        var generated = new GeneratedDirectory();
        _ = VocabularySet.Shipped;
        Print("entries", entries);
        var (index, bytes) = Load(generated, entries);
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        Print("JSON, bytes an entry", bytes / (double)entries);
        Print("memory beyond JSON, bytes an entry", (memory - bytes) / (double)entries);
        Print("managed memory, MiB", memory / 1048576.0);
        using (var process = Process.GetCurrentProcess())
        {
            Print("working set, MiB", process.WorkingSet64 / 1048576.0);
            Print("peak working set, MiB", process.PeakWorkingSet64 / 1048576.0);
        }

        var queries = new SearchQueries(generated);
        var asked = queries.Distinct(Searches);
        Measure("searches", asked, q => index.Current.Search(Understood(q, index.Current)).Total);
        Measure("  of which reading the question", [.. asked.Where(q => q.Text is not null)], q => Read(q, index.Current).Parts.Count);
        Measure("suggestions", queries.Beginnings(Searches), t => index.Current.Suggest(t, "en", [], 8).Count);
        Changes(generated, index, entries);
    }

    private static (DirectoryIndex Index, long Bytes) Load(GeneratedDirectory generated, int entries)
    {
        // Rows are created outside the measurement, in batches like those of a database.
        var index = new DirectoryIndex(VocabularySet.Shipped, GeneratedDirectory.Today);
        var (clock, bytes, first) = (new Stopwatch(), 0L, 0.0);
        foreach (var batch in generated.Rows(entries).Chunk(BatchSize))
        {
            clock.Start();
            index.Apply(batch);
            clock.Stop();
            first = first == 0 ? clock.Elapsed.TotalSeconds : first;
            bytes += batch.Sum(r => (long)System.Text.Encoding.UTF8.GetByteCount(r.Body!));
        }

        Print("read into memory, s", clock.Elapsed.TotalSeconds);
        Print("  of which the first batch, s", first);
        return (index, bytes);
    }

    /// <summary>The query as the API makes it: the question read, its place and the reader's place looked for as places.</summary>
    private static SearchQuery Understood(SearchQuery query, DirectorySnapshot snapshot)
    {
        var question = query.Text is null ? null : Read(query, snapshot);
        SearchPlace[] places = query.Near is { } near ? [new SearchPlace { Point = near }] : question?.Place is { } named ? [SearchPlace.Of(named)] : [];
        return query with { Question = question, Places = places, Near = null };
    }

    private static ReadQuestion Read(SearchQuery query, DirectorySnapshot snapshot) =>
        QuestionReader.Shipped.Read(query.Text!, query.Language, [], snapshot.Knows);

    private static void Measure<T>(string what, IReadOnlyList<T> asked, Func<T, int> ask)
    {
        // The first half warms up with other queries of the same kind; every measured one is new.
        var (warm, cold) = (asked.Take(asked.Count / 2), asked.Skip(asked.Count / 2).ToArray());
        foreach (var question in warm)
        {
            ask(question);
        }

        var times = new double[cold.Length];
        var found = 0;
        for (var i = 0; i < cold.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            found += ask(cold[i]) > 0 ? 1 : 0;
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var bySlowness = cold.Zip(times).OrderByDescending(t => t.Second).Take(Environment.GetEnvironmentVariable("VERBOSE") is null ? 0 : 25).ToList();
        Array.Sort(times);
        Print($"{what}: different ones", times.Length);
        Print($"{what}: with results", found);
        Print($"{what}: p50, ms", times[times.Length / 2]);
        Print($"{what}: p99, ms", times[times.Length * 99 / 100]);
        Print($"{what}: slowest, ms", times[^1]);
        bySlowness.ForEach(q => Console.WriteLine($"{q.Second:0.00} {q.First}"));
    }

    private static void Changes(GeneratedDirectory generated, DirectoryIndex index, int entries)
    {
        var times = new List<double>();
        for (var i = 1; i <= 200; i++)
        {
            var id = new Guid(i, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]);
            PublishedEntry[] change = [generated.Row(generated.Entry(), entries + i, id)];
            var start = Stopwatch.GetTimestamp();
            index.Apply(change);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Print("one change brought in: p50, ms", times[times.Count / 2]);
        Print("one change brought in: slowest, ms", times[^1]);
    }

    private static void Print(string what, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40} {value,12:0.###}"));
}
