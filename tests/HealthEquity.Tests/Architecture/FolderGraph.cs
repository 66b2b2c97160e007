using System.Text.RegularExpressions;

namespace HealthEquity.Tests.Architecture;

/// <summary>
/// Which folder of a project uses which, read from its source: a folder is a namespace. Unused usings are build errors, so each using
/// directive is a dependency; a nested folder also depends on a parent whose types it names.
/// </summary>
internal sealed partial class FolderGraph
{
    private readonly Dictionary<string, HashSet<string>> _uses = new(StringComparer.Ordinal);

    /// <summary>Reads the folders of a project.</summary>
    /// <param name="sources">The text of each source file.</param>
    public FolderGraph(IEnumerable<string> sources)
    {
        var files = sources.Select(SourceFile.Read).OfType<SourceFile>().ToList();
        var types = files.GroupBy(f => f.Namespace).ToDictionary(g => g.Key, g => g.SelectMany(f => f.Types).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var file in files)
        {
            var used = _uses.TryGetValue(file.Namespace, out var known) ? known : _uses[file.Namespace] = new(StringComparer.Ordinal);
            used.UnionWith(file.Usings.Where(u => u != file.Namespace && types.ContainsKey(u)));
            used.UnionWith(Parents(file.Namespace).Where(p =>
                types.TryGetValue(p, out var declared) && file.Names.Any(n => declared.Contains(n) && !types[file.Namespace].Contains(n))));
        }
    }

    /// <summary>A path of folders that leads back to its start; null when there is none.</summary>
    public string? FindCycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        return _uses.Keys.Order(StringComparer.Ordinal).Select(start => Follow(start, [], done)).FirstOrDefault(cycle => cycle is not null);
    }

    private string? Follow(string folder, List<string> path, HashSet<string> done)
    {
        if (path.IndexOf(folder) is >= 0 and var at)
        {
            return string.Join(" -> ", path[at..].Append(folder));
        }

        if (done.Contains(folder))
        {
            return null;
        }

        path.Add(folder);
        var cycle = _uses.GetValueOrDefault(folder, []).Order(StringComparer.Ordinal).Select(next => Follow(next, path, done)).FirstOrDefault(c => c is not null);
        path.RemoveAt(path.Count - 1);
        done.Add(folder);
        return cycle;
    }

    private static IEnumerable<string> Parents(string name)
    {
        while (name.LastIndexOf('.') is > 0 and var dot)
        {
            yield return name = name[..dot];
        }
    }

    private sealed partial record SourceFile(string Namespace, IReadOnlyList<string> Usings, IReadOnlyList<string> Types, IReadOnlySet<string> Names)
    {
        public static SourceFile? Read(string text)
        {
            if (NamespaceLine().Match(text) is not { Success: true } line)
            {
                return null;
            }

            var code = CommentsAndTexts().Replace(text[line.Index..], "");
            return new SourceFile(
                line.Groups[1].Value,
                [.. UsingLine().Matches(text).Select(m => m.Groups[1].Value)],
                [.. Declaration().Matches(code).Select(m => m.Groups[1].Value)],
                Name().Matches(code).Select(m => m.Value).ToHashSet(StringComparer.Ordinal));
        }

        [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex UsingLine();

        [GeneratedRegex(@"^(?:public|internal)(?: static| sealed| abstract| partial| readonly| ref)* (?:class|record struct|record|struct|interface|enum|delegate \S+) (\w+)", RegexOptions.Multiline)]
        private static partial Regex Declaration();

        [GeneratedRegex("""//.*|"(?:\\.|[^"\\\n])*?"(?!")""")]
        private static partial Regex CommentsAndTexts();

        [GeneratedRegex(@"\b[A-Z]\w+")]
        private static partial Regex Name();
    }
}
