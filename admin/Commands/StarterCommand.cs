using System.CommandLine;
using HealthEquity.Store.Starter;

namespace HealthEquity.Admin.Commands;

/// <summary><c>starter diff</c> and <c>starter apply</c>: what this release changes in the entries that came with the product.</summary>
internal static class StarterCommand
{
    private const int LongestValue = 100;

    public static Command Create() => new("starter", "The entries that come with the product.") { Diff(), Apply() };

    private static Command Diff()
    {
        var json = JsonOutput.Option();
        var command = new Command("diff", "Show what this release would change in the entries that came with the product. Example: starter diff") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var items = await directory.Get<StarterRelease>().CompareAsync(session, StarterDirectory.Read(), cancellation);
            var next = items.Any(i => i.Outcome is StarterOutcome.New or StarterOutcome.Changed) ? ["To bring these in as drafts, run: starter apply"] : Array.Empty<string>();
            shell.Write(parsed.GetValue(json), items.Select(ToJson), string.Join(Environment.NewLine, Lines(items, "would come in as a draft").Concat(next)));
            return items.Any(i => i.Outcome == StarterOutcome.Refused) ? DirectoryCommands.FoundProblems : DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Apply()
    {
        var json = JsonOutput.Option();
        var command = new Command("apply", "Bring this release's changes in as drafts. What was edited here stays as it is. Example: starter apply") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var items = await directory.Get<StarterRelease>().ApplyAsync(directory.Database, StarterDirectory.Read(), cancellation);
            shell.Write(parsed.GetValue(json), items.Select(ToJson), string.Join(Environment.NewLine, Lines(items, "is now a draft for review")));
            return items.Any(i => i.Outcome == StarterOutcome.Refused) ? DirectoryCommands.FoundProblems : DirectoryCommands.Success;
        });
        return command;
    }

    private static object ToJson(StarterItem item) => new
    {
        item.Slug,
        item.Name,
        item.EntryId,
        Outcome = Code(item.Outcome),
        Changes = item.Changes.Select(c => new { c.Path, c.Before, c.After }),
        Kept = item.Kept.Select(k => new { k.Path, k.Here, k.Release }),
        item.Reason,
    };

    private static string Code(StarterOutcome outcome) => $"{char.ToLowerInvariant(outcome.ToString()[0])}{outcome.ToString()[1..]}";

    private static IEnumerable<string> Lines(IReadOnlyList<StarterItem> items, string comesIn)
    {
        foreach (var item in items)
        {
            yield return $"{item.Slug}  {item.Name}";
            yield return $"    {Said(item, comesIn)}";
            foreach (var change in item.Changes)
            {
                yield return $"    {change.Path}: {Short(change.Before)} -> {Short(change.After)}";
            }

            foreach (var kept in item.Kept)
            {
                yield return $"    {kept.Path} stays as edited here: {Short(kept.Here)} (release: {Short(kept.Release)})";
            }
        }

        var counts = items.GroupBy(i => i.Outcome).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Code(g.Key)}").ToList();
        yield return counts.Count == 0 ? "The entries that came with the product are as this release has them." : $"{string.Join(", ", counts)}.";
    }

    private static string Said(StarterItem item, string comesIn) => item.Outcome switch
    {
        StarterOutcome.New => $"New: {comesIn}.",
        StarterOutcome.Changed => $"Changed: {comesIn}.",
        StarterOutcome.Kept => "Edited here: nothing comes in.",
        StarterOutcome.Refused => $"Refused: {item.Reason}",
        _ => item.Reason ?? "",
    };

    private static string Short(string? value)
    {
        if (value is null)
        {
            return "(empty)";
        }

        var line = value.ReplaceLineEndings(" ");
        return line.Length <= LongestValue ? line : $"{line[..LongestValue]}…";
    }
}
