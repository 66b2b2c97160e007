using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Starter;

/// <summary>An entry that ships, and the readable address that it gets.</summary>
/// <param name="Slug">The slug.</param>
/// <param name="Entry">The entry.</param>
public sealed record StarterEntry(string Slug, Entry Entry);

/// <summary>
/// The entries that an empty directory begins with: the files of this folder, each a list of
/// <c>{"slug": …, "entry": …}</c> with the entry in the form of a revision. Those with the tag <c>sample</c> are invented.
/// </summary>
public static class StarterDirectory
{
    /// <summary>Every entry, file by file in the order of their names.</summary>
    /// <exception cref="JsonException">A file holds something that is no entry.</exception>
    public static IEnumerable<StarterEntry> Read()
    {
        var assembly = typeof(StarterDirectory).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith($"{typeof(StarterDirectory).Namespace}.", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var stream = assembly.GetManifestResourceStream(file)!;
            foreach (var entry in JsonSerializer.Deserialize<List<StarterEntry>>(stream, EntryJson.Revision)!)
            {
                yield return entry;
            }
        }
    }
}
