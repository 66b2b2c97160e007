namespace HealthEquity.Store.Curators;

/// <summary>
/// A role in the console. Each role includes the permissions of the ones before it, with one exception: only language reviewers and
/// reviewers approve.
/// </summary>
public enum CuratorRole
{
    /// <summary>Can read.</summary>
    Viewer,

    /// <summary>Can also write translations in the languages chosen for this person.</summary>
    Translator,

    /// <summary>Can also approve changes of nothing but translations in these languages, and mark translated texts as reviewed.</summary>
    LanguageReviewer,

    /// <summary>Can edit, verify and submit, in every language.</summary>
    Curator,

    /// <summary>Can approve, publish and suspend.</summary>
    Reviewer,

    /// <summary>Can manage curators, settings and vocabularies.</summary>
    Administrator,
}

/// <summary>A user of the console.</summary>
public sealed class Curator
{
    /// <summary>Much longer than a lockout lasts.</summary>
    private static readonly TimeSpan LongestLockout = TimeSpan.FromDays(1);

    /// <summary>The curator's id.</summary>
    public Guid CuratorId { get; set; }

    /// <summary>The user name for signing in.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The user name in uppercase, which is unique.</summary>
    public string NormalizedUserName { get; set; } = "";

    /// <summary>The name shown to others.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The curator's role.</summary>
    public CuratorRole Role { get; set; }

    /// <summary>The languages of a translator or language reviewer: BCP-47 tags, separated by spaces. Empty for other roles.</summary>
    public string Languages { get; set; } = "";

    /// <summary>The password hash; null until a password is set, and for curators who sign in with another provider.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with every change of credentials. Sessions with an older stamp end.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>The secret shared with the authenticator app, encrypted by the console.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>The last time step whose code was accepted.</summary>
    public long? AuthenticatorStep { get; set; }

    /// <summary>True once a code from the app has been verified.</summary>
    public bool TwoFactorEnabled { get; set; }

    /// <summary>Hashes of the unused recovery codes, separated by spaces.</summary>
    public string? RecoveryCodes { get; set; }

    /// <summary>When the lockout ends, UTC.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>Failed sign-ins since the last successful one.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>The external sign-in provider, if any.</summary>
    public string? ExternalProvider { get; set; }

    /// <summary>The provider's id for the curator.</summary>
    public string? ExternalSubject { get; set; }

    /// <summary>When the curator was added, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the curator was disabled, UTC.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>The row version, for optimistic concurrency.</summary>
    public int Version { get; set; }

    /// <summary>Whether failed sign-ins lock the curator out. A lockout that ends much later was set while a clock was wrong, and counts for nothing.</summary>
    public bool IsLockedOut(DateTimeOffset now) => LockoutEnd > now && LockoutEnd <= now + LongestLockout;
}
