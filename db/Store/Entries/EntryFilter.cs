using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Entries;

/// <summary>A filter for entries. Null means no restriction.</summary>
public sealed record EntryFilter
{
    /// <summary>Part of the name or slug, or a whole key. Used while there is no search index; ignored if <see cref="Among"/> is set.</summary>
    public string? Text { get; init; }

    /// <summary>Only these entries, best match first: the result of the search index.</summary>
    public IReadOnlyList<Guid>? Among { get; init; }

    /// <summary>The kind of entry.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>Whether the public sees it.</summary>
    public Listing? Listing { get; init; }

    /// <summary>The draft state.</summary>
    public DraftState? Draft { get; init; }

    /// <summary>A tag, including merged tags.</summary>
    public string? Tag { get; init; }

    /// <summary>A state where the entry is located or serves people, USPS code.</summary>
    public string? State { get; init; }

    /// <summary>Any of these counties, such as "FL:Miami-Dade County".</summary>
    public IReadOnlyList<string>? Counties { get; init; }

    /// <summary>A language served.</summary>
    public string? Language { get; init; }

    /// <summary>The assigned curator.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>Due before this date.</summary>
    public DateOnly? DueBefore { get; init; }

    /// <summary>Due on or after this date.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>A license or accreditation expires before this date.</summary>
    public DateOnly? CredentialBefore { get; init; }

    /// <summary>The capacity information is from before this date.</summary>
    public DateOnly? CapacityBefore { get; init; }

    /// <summary>True for entries with an out-of-date translation.</summary>
    public bool StaleTranslation { get; init; }

    /// <summary>In review, and not edited by this curator.</summary>
    public Guid? ReviewableBy { get; init; }

    /// <summary>A returned draft that this curator edited.</summary>
    public Guid? ReturnedTo { get; init; }

    /// <summary>Conditions on single fields, all of which must hold; null for none.</summary>
    public IReadOnlyList<EntryCondition>? Conditions { get; init; }
}

/// <summary>What a condition says about a field.</summary>
public enum ConditionOperator
{
    /// <summary>It has one of the values.</summary>
    Is,

    /// <summary>It has none of the values.</summary>
    Not,

    /// <summary>Nobody has filled it in; for a date, it never happened.</summary>
    Empty,

    /// <summary>Somebody has filled it in. Kinds of entry without the field are left out.</summary>
    Filled,

    /// <summary>The text has this part, in any case.</summary>
    Contains,

    /// <summary>The date is before another.</summary>
    Before,
}

/// <summary>A condition on one field.</summary>
/// <param name="Field">A vocabulary of terms, such as "language" or "tag"; or one of the constants.</param>
/// <param name="Operator">What must hold.</param>
/// <param name="Values">Codes that mean the same, such as a tag and those merged into it; for <see cref="ConditionOperator.Before"/> a day, yyyy-MM-dd.</param>
public sealed record EntryCondition(string Field, ConditionOperator Operator, params IReadOnlyList<string> Values)
{
    /// <summary>The day of the last confirmation.</summary>
    public const string Assured = "assured";

    /// <summary>The day of the next check.</summary>
    public const string Due = "due";

    /// <summary>The assigned curator: only "is empty".</summary>
    public const string Assigned = "assigned";

    /// <summary>The web address: only "contains".</summary>
    public const string Slug = "slug";
}
