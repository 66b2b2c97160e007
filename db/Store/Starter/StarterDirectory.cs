using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Starter;

/// <summary>A shipped entry and its slug.</summary>
/// <param name="Slug">The slug.</param>
/// <param name="Entry">The entry.</param>
public sealed record StarterEntry(string Slug, Entry Entry);

/// <summary>
/// The entries of a new directory: the JSON files of this folder, each a list of <c>{"slug": …, "entry": …}</c> with the entry in revision
/// form. Entries with the tag <c>sample</c> are made up.
/// </summary>
public static class StarterDirectory
{
    /// <summary>Every entry, in order of the file names.</summary>
    /// <exception cref="JsonException">A file contains something that is not an entry.</exception>
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
