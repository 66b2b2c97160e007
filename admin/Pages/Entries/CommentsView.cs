namespace HealthEquity.Admin.Pages.Entries;

/// <summary>The comments on an entry, on its page or on a page of their own.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="IsMerged">Whether it was merged into another one, where comments go from then on.</param>
/// <param name="Latest">How many of the latest to show.</param>
/// <param name="Changed">The comment that the form was refused for; null for none.</param>
/// <param name="Typed">The refused text.</param>
public sealed record CommentsView(Guid EntryId, bool IsMerged, int Latest = CommentsView.OnEntryPage, Guid? Changed = null, string? Typed = null)
{
    /// <summary>How many comments the entry's page shows.</summary>
    public const int OnEntryPage = 10;

    /// <summary>The id of a comment's text field.</summary>
    public static string FieldOf(Guid comment) => $"text-{comment}";
}
