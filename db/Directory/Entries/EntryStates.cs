namespace HealthEquity.Directory.Entries;

/// <summary>Whether the public sees an entry.</summary>
public enum Listing
{
    /// <summary>Never published.</summary>
    Unpublished,

    /// <summary>Public.</summary>
    Published,

    /// <summary>Temporarily not public.</summary>
    Suspended,

    /// <summary>Permanently not public.</summary>
    Retired,

    /// <summary>Asked not to be listed. The row stays so that no import brings the entry back.</summary>
    DoNotList,
}

/// <summary>Whether unpublished work on an entry exists.</summary>
public enum DraftState
{
    /// <summary>No draft: the latest revision is the one last published.</summary>
    None,

    /// <summary>A draft is being edited.</summary>
    Draft,

    /// <summary>Waiting for a reviewer.</summary>
    InReview,
}
