using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Traits;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Publishing;

/// <summary>A request to publish a revision.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Revision">The number of the revision.</param>
/// <param name="Text">The content of the revision.</param>
/// <param name="IsAgain">True to publish an entry again that was taken down.</param>
internal sealed record PublicationRequest(EntryRow Entry, int Revision, Entry Text, bool IsAgain)
{
    /// <summary>Two-person review is on, and the actor edited the draft.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Matches with entries that asked not to be listed.</summary>
    public IReadOnlyList<DoNotListMatch> Matches { get; init; } = [];
}

/// <summary>Rules for publishing and withdrawing entries. "Do not list" is final.</summary>
internal static class ListingRules
{
    /// <summary>The reason why a revision can't be published; null if it can. Every path to publication uses this rule.</summary>
    public static string? WhyNotPublished(PublicationRequest request) => request.Entry switch
    {
        { Listing: Listing.DoNotList } => "This entry asked not to be listed and can't be published.",
        { MergedInto: not null } => "This entry was merged into another. Publish that entry, or undo the merge first.",
        { Listing: Listing.Suspended or Listing.Retired } when !request.IsAgain =>
            $"This entry was unpublished ({request.Entry.ListingReason}). Choose to publish it again, or leave it as it is.",
        _ when request.Text is ServiceEntry { Consent.Status: "refused" } => "Consent to be listed was refused, so this entry can't be published.",
        _ when PublicPlaces.WhyNot(request.Text) is { } why => why,
        _ when request.Matches is [var match, ..] => WhyNotPublished(match),
        _ when request.IsOwn => "You edited this draft, so someone else must approve it.",
        _ => null,
    };

    /// <summary>The reason why an entry can't be withdrawn in this way; null if it can.</summary>
    public static string? WhyNotWithdrawn(EntryRow entry, Listing to) => entry switch
    {
        // A request not to be listed is recorded in any state.
        _ when to == Listing.DoNotList => null,
        { Listing: Listing.DoNotList } =>
            "This entry asked not to be listed, and that is final. To list it again, create a new entry and have it reviewed.",
        { MergedInto: not null } => "This entry was merged into another. Take that entry down, or undo the merge first.",
        { Listing: not Listing.Published } when to == Listing.Suspended => "Only a public entry can be suspended.",
        _ => null,
    };

    private static string WhyNotPublished(DoNotListMatch match)
    {
        var shared = match.Type switch
        {
            EntryKeys.Phone => $"It has the same phone number ({match.Value}) as",
            EntryKeys.Email => $"It has the same email address ({match.Value}) as",
            EntryKeys.License => $"It has the same license ({match.Value}) as",
            EntryKeys.Bar => $"It has the same bar number ({match.Value}) as",
            EntryKeys.Npi => $"It has the same NPI ({match.Value}) as",
            EntryKeys.Ein => $"It has the same EIN ({match.Value}) as",
            EntryKeys.NameAndAddress => "It has the same name and address as",
            _ => "It may be a duplicate of",
        };
        return $"{shared} “{match.OtherName}”, which asked not to be listed. It can't be published. "
            + "Compare the two with the link on the entry's page. If they are not the same, mark them as such there, then publish.";
    }
}
