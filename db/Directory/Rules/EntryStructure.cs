using System.Collections;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Rules for every member: required members are not null, lists have no duplicates, every code is in its vocabulary.</summary>
internal static class EntryStructure
{
    /// <summary>Nulls that are not allowed. The other rules run only if there are none.</summary>
    public static IEnumerable<ValidationFailure> Missing(Entry entry)
    {
        foreach (var (path, member, value) in EntryMembers.Walk(entry))
        {
            if (value is null && !member.Optional)
            {
                yield return new ValidationFailure(path, member.IsList ? "is null. Enter a list; it may be empty." : "is required.");
            }
            else if (member.IsList && value is not null)
            {
                foreach (var (index, _) in ((IEnumerable)value).Cast<object?>().Index().Where(i => i.Item is null))
                {
                    yield return new ValidationFailure($"{path}[{index}]", "is null. Enter a value or remove it from the list.");
                }
            }
        }
    }

    /// <summary>Duplicate values in lists, and codes that are not in their vocabulary.</summary>
    public static IEnumerable<ValidationFailure> Codes(Entry entry, VocabularySet vocabularies)
    {
        foreach (var (path, member, value) in EntryMembers.Walk(entry))
        {
            if (value is string single && member.Vocabulary is { } vocabulary && Problem(vocabularies, vocabulary, single) is { } problem)
            {
                yield return new ValidationFailure(path, problem) { AttemptedValue = single };
            }
            else if (value is IReadOnlyList<string> list)
            {
                foreach (var failure in List(path, member.Vocabulary, list, vocabularies))
                {
                    yield return failure;
                }
            }
        }
    }

    private static IEnumerable<ValidationFailure> List(string path, string? vocabulary, IReadOnlyList<string> list, VocabularySet vocabularies)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, item) in list.Index())
        {
            var problem = !seen.Add(item) ? $"duplicates '{item}'. Keep one of them."
                : vocabulary is null ? null
                : Problem(vocabularies, vocabulary, item);
            if (problem is not null)
            {
                yield return new ValidationFailure($"{path}[{index}]", problem) { AttemptedValue = item };
            }
        }
    }

    private static string? Problem(VocabularySet vocabularies, string vocabulary, string code)
    {
        var term = vocabularies.Find(vocabulary, code);
        if (term is { Retired: false })
        {
            return null;
        }

        var codes = vocabularies.Find(vocabulary)?.Terms.Where(t => !t.Retired).Select(t => t.Code).ToList() ?? [];
        var remedy = NearestTerm.Find(code, codes) is { } nearest ? $"Did you mean '{nearest}'?"
            : codes.Count <= 12 ? $"Use one of: {string.Join(", ", codes)}."
            : $"Use a term from the '{vocabulary}' vocabulary, such as {string.Join(", ", codes.Take(5))}.";
        return term is null
            ? $"has the unknown value '{code}'. {remedy}"
            : $"has the retired value '{code}'. {remedy}";
    }
}
