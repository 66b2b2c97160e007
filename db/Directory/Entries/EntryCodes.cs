namespace HealthEquity.Directory.Entries;

/// <summary>The codes of an entry's states in the database and in JSON.</summary>
public static class EntryCodes
{
    /// <summary>The code of a listing, such as "doNotList".</summary>
    public static string Code(this Listing listing) => CamelCase(listing.ToString());

    /// <summary>The code of a draft state, such as "inReview".</summary>
    public static string Code(this DraftState state) => CamelCase(state.ToString());

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
