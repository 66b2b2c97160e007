using System.Collections;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>What holds for every member alike: nothing needed is null, nothing is listed twice, every code is a term.</summary>
internal static class EntryStructure
{
    /// <summary>Nulls where none may be; the other rules are asked only when there are none.</summary>
    public static IEnumerable<ValidationFailure> Missing(Entry entry)
    {
        foreach (var (path, member, value) in EntryMembers.Walk(entry))
        {
            if (value is null && !member.Optional)
            {
                yield return new ValidationFailure(path, member.IsList ? "is null: give a list, which may be empty." : "is missing: fill it in.");
            }
            else if (member.IsList && value is not null)
            {
                foreach (var (index, _) in ((IEnumerable)value).Cast<object?>().Index().Where(i => i.Item is null))
                {
                    yield return new ValidationFailure($"{path}[{index}]", "is null: fill it in, or take it out of the list.");
                }
            }
        }
    }

    /// <summary>Values that are listed twice, and codes that are not terms of their vocabulary.</summary>
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
            var problem = !seen.Add(item) ? $"has '{item}' a second time: keep one of them."
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
            : codes.Count <= 12 ? $"Take one of: {string.Join(", ", codes)}."
            : $"Take a term of the vocabulary '{vocabulary}', such as {string.Join(", ", codes.Take(5))}.";
        return term is null
            ? $"holds '{code}', which the vocabulary '{vocabulary}' does not have. {remedy}"
            : $"holds '{code}', which is no longer used. {remedy}";
    }
}
