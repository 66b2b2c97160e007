using HealthEquity.Directory.Entries;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Publishing;

/// <summary>What an entry's listing lets become of it. From "do not list" no way leads back.</summary>
internal static class ListingRules
{
    /// <summary>Why a text can't be made public; null where it can.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="text">The text that is to be public.</param>
    /// <param name="again">Somebody says that it is to be public again though it was taken down.</param>
    public static string? WhyNotPublished(EntryRow entry, Entry text, bool again) => entry switch
    {
        { Listing: Listing.DoNotList } => "This entry asked not to be listed. It can't be published.",
        { MergedInto: not null } => "This entry was merged into another. Publish that one, or undo the merge first.",
        { Listing: Listing.Suspended or Listing.Retired } when !again =>
            $"This entry was taken down ({entry.ListingReason}). Say that it is to be public again, or leave it down.",
        _ when text is ServiceEntry { Consent.Status: "refused" } => "Consent to be listed was refused. It can't be published.",
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
}
