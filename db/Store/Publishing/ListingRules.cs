using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Traits;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Publishing;

/// <summary>A text that is to be public.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Revision">The text's revision.</param>
/// <param name="Text">The text.</param>
/// <param name="IsAgain">Somebody says that it is to be public again though it was taken down.</param>
internal sealed record PublicationRequest(EntryRow Entry, int Revision, Entry Text, bool IsAgain)
{
    /// <summary>Two-person review is on, and the actor edited the draft.</summary>
    public bool IsOwn { get; init; }

    /// <summary>What the text shares with entries that asked not to be listed.</summary>
    public IReadOnlyList<DoNotListMatch> Matches { get; init; } = [];
}

/// <summary>What an entry's listing allows. Nothing leads back from "do not list".</summary>
internal static class ListingRules
{
    /// <summary>Why a text can't be made public; null where it can. Every path to publication asks here.</summary>
    public static string? WhyNotPublished(PublicationRequest request) => request.Entry switch
    {
        { Listing: Listing.DoNotList } => "This entry asked not to be listed. It can't be published.",
        { MergedInto: not null } => "This entry was merged into another. Publish that one, or undo the merge first.",
        { Listing: Listing.Suspended or Listing.Retired } when !request.IsAgain =>
            $"This entry was taken down ({request.Entry.ListingReason}). Say that it is to be public again, or leave it down.",
        _ when request.Text is ServiceEntry { Consent.Status: "refused" } => "Consent to be listed was refused. It can't be published.",
        _ when PublicPlaces.WhyNot(request.Text) is { } why => why,
        _ when request.Matches is [var match, ..] => WhyNotPublished(match),
        _ when request.IsOwn => "You edited this draft, so someone else must approve it.",
        _ => null,
    };

    /// <summary>Why an entry can't be taken down in that way; null where it can.</summary>
    public static string? WhyNotWithdrawn(EntryRow entry, Listing to) => entry switch
    {
        // That somebody asks not to be listed is noted whatever became of the entry.
        _ when to == Listing.DoNotList => null,
        { Listing: Listing.DoNotList } =>
            "This entry asked not to be listed, and stays so. Whoever asks to be listed again gets a new entry, which a reviewer approves.",
        { MergedInto: not null } => "This entry was merged into another. Take that one down, or undo the merge first.",
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
            _ => "It may be the same as",
        };
        return $"{shared} “{match.OtherName}”, which asked not to be listed. It can't be published. "
            + "Compare the two: there is a link on the entry's page. If they are not the same, say so there, and then publish it.";
    }
}
