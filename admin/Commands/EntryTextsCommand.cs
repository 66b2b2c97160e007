using HealthEquity.Admin.Translations;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Formats.Xliff;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Translations;

namespace HealthEquity.Admin.Commands;

/// <summary>The texts of entries for <c>texts export --entries</c> and <c>texts import</c>.</summary>
internal static class EntryTextsCommand
{
    private static readonly Actor Operator = Actor.System("commandLine");

    /// <summary>Writes the texts of all public entries, or of those with missing or outdated texts.</summary>
    public static async Task<int> ExportAsync(OperatorShell shell, string language, string path, bool unfinished, bool json, CancellationToken cancellation)
    {
        if (!LanguageTag.IsValid(language))
        {
            throw new RefusedException($"'{language}' is not a known language. Use a code such as es, ht or zh-Hans.");
        }

        var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
        await EntryTermStore.CompleteAsync(directory.Database, cancellation);
        await using var session = await directory.Database.OpenAsync(cancellation);
        var lacks = new EntryCondition(TranslationTerms.Complete, ConditionOperator.Not, language, TranslationTerms.Any);
        var filter = new EntryFilter { Listing = Listing.Published, Conditions = unfinished ? [lacks] : null };
        var ids = await EntryFinder.FindIdsAsync(session, filter, new EntryOrder(EntrySort.Name, Descending: false), cancellation);
        var files = await EntryTextFiles.ExportAsync(session, ids, language, cancellation);
        foreach (var (index, file) in files.Index())
        {
            await using var output = File.Create(index == 0 ? path : Path.ChangeExtension(path, file.SourceLanguage + Path.GetExtension(path)));
            file.Write(output);
        }

        var units = files.SelectMany(f => f.Units).ToList();
        var (entries, missing) = (units.Select(u => u.Part).Distinct().Count(), units.Count(u => u.Target is null));
        shell.Write(
            json,
            new { entries, texts = units.Count, missing, sources = files.Select(f => f.SourceLanguage) },
            $"{units.Count} texts of {entries} entries written, {missing} of them not translated.{(files.Count > 1 ? $" Other languages than {files[0].SourceLanguage} have files of their own: {string.Join(", ", files.Skip(1).Select(f => f.SourceLanguage))}." : "")}");
        return DirectoryCommands.Success;
    }

    /// <summary>Takes over translations as drafts that go to review as one bulk change.</summary>
    public static async Task<int> ImportAsync(OperatorShell shell, XliffFile file, string provenance, bool json, CancellationToken cancellation)
    {
        if (!TranslationStore.Provenances.Contains(provenance))
        {
            throw new RefusedException($"'{provenance}' is not a way to translate. Use one of: {string.Join(", ", TranslationStore.Provenances)}.");
        }

        var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
        TranslationPlan plan;
        await using (var session = await directory.Database.OpenAsync(cancellation))
        {
            plan = await EntryTextFiles.PlanAsync(session, file, cancellation);
        }

        var (changed, problems) = plan.Values.Count == 0 ? (0, []) : await ChangeAsync(directory, file.Language, provenance, plan, cancellation);
        problems = [.. plan.Problems, .. problems];
        foreach (var problem in problems)
        {
            await shell.Error.WriteLineAsync(problem);
        }

        shell.Write(
            json,
            new { entries = changed, texts = plan.Texts, untranslated = plan.Untranslated, problems },
            $"{plan.Texts} texts of {changed} entries saved as drafts for review, {plan.Untranslated} not translated, {problems.Count} left out.");
        return problems.Count == 0 ? DirectoryCommands.Success : DirectoryCommands.FoundProblems;
    }

    private static async Task<(int Changed, IReadOnlyList<string> Problems)> ChangeAsync(
        DirectoryAccess directory, string language, string provenance, TranslationPlan plan, CancellationToken cancellation)
    {
        var changes = directory.Get<BulkChangeStore>();
        var request = new BulkRequest(TranslateEntries.Name, [.. plan.Values.Keys])
        {
            Parameter = new TranslationSource(language, provenance).Write(),
            Values = plan.Values,
            Reason = $"Texts in {language} from a file.",
        };
        var begun = await directory.Database.TransactAsync(s => changes.BeginAsync(s, request, Operator, cancellation), cancellation);
        var change = await changes.FinishAsync(directory.Database, begun.BulkChangeId, cancellation);
        await using var session = await directory.Database.OpenAsync(cancellation);
        var refused = await BulkChangeStore.ListItemsAsync(session, change.BulkChangeId, BulkItemState.Refused, 0, change.Refused, cancellation);
        return (change.Changed, [.. refused.Select(r => $"{r.Name}: {r.Note}")]);
    }
}
