using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Store.Entries;

public static partial class EntryFinder
{
    /// <summary>Sorts after every digit in both databases.</summary>
    private const string AfterDigits = "z";

    /// <summary>The parameters of a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The last id of the previous batch.</param>
    /// <param name="vocabulary">The vocabulary whose terms are counted.</param>
    /// <param name="counted">A condition of one term, outside of the filter.</param>
    internal static object Parameters(EntryFilter filter, int offset = 0, int limit = 0, Guid? after = null, string? vocabulary = null, EntryCondition? counted = null)
    {
        var text = string.IsNullOrWhiteSpace(filter.Text) || filter.Among is not null ? null : filter.Text.Trim();
        var conditions = filter.Conditions ?? [];
        var has = conditions.Where(c => (c.Operator is ConditionOperator.Is or ConditionOperator.Empty) && !IsColumn(c)).ToList();
        // One term alone needs no list.
        var one = has is [var only] ? PairOf(only) : null;
        var lacks = conditions.Where(c => c.Operator is ConditionOperator.Not or ConditionOperator.Filled).ToList();
        return new
        {
            has = one is null ? Terms(has) : null,
            code = one?.Code,
            codeVocabulary = one?.Vocabulary,
            counted = PairOf(counted)?.Code,
            countedVocabulary = PairOf(counted)?.Vocabulary,
            parts = has.Count,
            lacks = Terms(lacks),
            kinds = KindsWith(conditions),
            slugs = Slugs(conditions),
            neverAssured = IsEmpty(conditions, EntryCondition.Assured),
            assuredBefore = Before(conditions, EntryCondition.Assured),
            neverDue = IsEmpty(conditions, EntryCondition.Due),
            unassigned = IsEmpty(conditions, EntryCondition.Assigned),
            among = filter.Among is null ? null : JsonSerializer.Serialize(filter.Among),
            text = text is null ? null : $"%{Escaped(text)}%",
            key = text is null ? null : Key(text),
            registered = text?.ToUpperInvariant(),
            phone = text is null ? null : PhoneBeginning(text),
            phoneEnd = text is null ? null : PhoneBeginning(text) + AfterDigits,
            kind = filter.Kind?.Code(),
            listing = filter.Listing?.Code(),
            draft = filter.Draft?.Code(),
            within = Within(filter),
            assignedTo = filter.AssignedTo,
            dueBefore = filter.DueBefore ?? Before(conditions, EntryCondition.Due),
            dueFrom = filter.DueFrom,
            credentialBefore = filter.CredentialBefore,
            capacityBefore = filter.CapacityBefore,
            tag = filter.Tag,
            state = filter.State,
            counties = filter.Counties is null ? null : JsonSerializer.Serialize(filter.Counties),
            language = filter.Language,
            stale = filter.StaleTranslation ? 1 : 0,
            reviewer = filter.ReviewableBy is { } id ? Auditing.Actor.Curator(id).Code : null,
            author = filter.ReturnedTo is { } author ? Auditing.Actor.Curator(author).Code : null,
            offset,
            limit,
            after,
            vocabulary,
        };
    }

    /// <summary>The only term with which a condition holds; null if there are several, or none.</summary>
    private static (string Vocabulary, string Code)? PairOf(EntryCondition? condition) => condition switch
    {
        null => null,
        { Operator: ConditionOperator.Empty } when !IsColumn(condition) => (EntryGaps.Vocabulary, condition.Field),
        { Operator: ConditionOperator.Is, Values: [var value] } when !IsColumn(condition) => (condition.Field, value),
        _ => null,
    };

    private static bool IsColumn(EntryCondition condition) =>
        condition.Field is EntryCondition.Assured or EntryCondition.Due or EntryCondition.Assigned or EntryCondition.Slug;

    /// <summary>The terms of conditions as rows: the condition's number, the vocabulary, a code. Null for none.</summary>
    private static string? Terms(List<EntryCondition> conditions) => conditions.Count == 0 ? null : JsonSerializer.Serialize(
        conditions.SelectMany((c, n) => c.Operator is ConditionOperator.Empty or ConditionOperator.Filled
            ? [new object[] { n, EntryGaps.Vocabulary, c.Field }]
            : c.Values.Select(v => new object[] { n, c.Field, v })));

    /// <summary>The kinds of entry that have all fields that must be filled in; null if there are no such fields.</summary>
    private static string? KindsWith(IReadOnlyList<EntryCondition> conditions)
    {
        var filled = conditions.Where(c => c.Operator == ConditionOperator.Filled).ToList();
        return filled.Count == 0 ? null : JsonSerializer.Serialize(EntryKinds.All.Where(k => filled.All(c => EntryGaps.Has(k, c.Field))).Select(k => k.Code()));
    }

    /// <summary>The parts that the web address must have, as patterns; null for none.</summary>
    private static string? Slugs(IReadOnlyList<EntryCondition> conditions)
    {
        var parts = conditions.Where(c => c.Field == EntryCondition.Slug && c.Operator == ConditionOperator.Contains).Select(c => $"%{Escaped(c.Values[0])}%").ToList();
        return parts.Count == 0 ? null : JsonSerializer.Serialize(parts);
    }

    private static int IsEmpty(IReadOnlyList<EntryCondition> conditions, string field) =>
        conditions.Any(c => c.Field == field && c.Operator == ConditionOperator.Empty) ? 1 : 0;

    private static DateOnly? Before(IReadOnlyList<EntryCondition> conditions, string field) => conditions
        .Where(c => c.Field == field && c.Operator == ConditionOperator.Before)
        .Select(c => (DateOnly?)DateOnly.ParseExact(c.Values[0], "yyyy-MM-dd", CultureInfo.InvariantCulture)).Min();

    internal static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal);

    /// <summary>
    /// What the stored form of a phone number begins with, for "305 547" or "(305) 54"; null for other texts. Five digits are a ZIP code, and
    /// fewer are a house number.
    /// </summary>
    private static string? PhoneBeginning(string text)
    {
        const int least = 4;
        const int leastUnbroken = 6;
        if (text.Any(c => !char.IsAsciiDigit(c) && !" ()+-./".Contains(c, StringComparison.Ordinal)))
        {
            return null;
        }

        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        // An American area code does not begin with 1: that is the country's.
        var national = text.Contains('+', StringComparison.Ordinal) ? digits : "1" + digits.TrimStart('1');
        return digits.Length < (text.Trim().All(char.IsAsciiDigit) ? leastUnbroken : least) ? null : "+" + national;
    }

    /// <summary>Normalizes a phone number to its stored form; other text is only lowercased.</summary>
    private static string Key(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isPhone = digits.Length >= 10 && !text.Any(char.IsLetter) && !text.All(char.IsAsciiDigit);
        return isPhone ? $"+{(digits.Length == 10 ? "1" : "")}{digits}" : text.ToLowerInvariant();
    }
}
