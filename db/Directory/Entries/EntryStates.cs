namespace HealthEquity.Directory.Entries;

/// <summary>Whether the public sees an entry.</summary>
public enum Listing
{
    /// <summary>Never published so far.</summary>
    Unpublished,

    /// <summary>Public.</summary>
    Published,

    /// <summary>Taken down for now.</summary>
    Suspended,

    /// <summary>Taken down for good.</summary>
    Retired,

    /// <summary>Asked not to be listed; the row stays, so that no import brings it back.</summary>
    DoNotList,
}

/// <summary>Whether work on an entry is under way, beside what is public.</summary>
public enum DraftState
{
    /// <summary>None: the latest revision is the one last published.</summary>
    None,

    /// <summary>Somebody is writing.</summary>
    Draft,

    /// <summary>Waiting for a reviewer.</summary>
    InReview,
}
