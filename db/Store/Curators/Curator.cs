namespace HealthEquity.Store.Curators;

/// <summary>What somebody may do in the console; each role may do all that the ones before it may.</summary>
public enum CuratorRole
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Writes, verifies and submits.</summary>
    Curator,

    /// <summary>Approves, publishes and suspends.</summary>
    Reviewer,

    /// <summary>Manages curators, settings and vocabularies.</summary>
    Administrator,
}

/// <summary>Somebody who works in the console.</summary>
public sealed class Curator
{
    /// <summary>The curator's id.</summary>
    public Guid CuratorId { get; set; }

    /// <summary>The name to sign in with.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The same, upper-cased: what is unique.</summary>
    public string NormalizedUserName { get; set; } = "";

    /// <summary>The name that others see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>What the curator may do.</summary>
    public CuratorRole Role { get; set; }

    /// <summary>The hash of the password; null until one is chosen, and for those who sign in elsewhere.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with every credential; a session that holds an older one is over.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>The secret shared with the authenticator app, base 32.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>The last time step whose code was accepted.</summary>
    public long? AuthenticatorStep { get; set; }

    /// <summary>True once a code has shown that the app holds the secret.</summary>
    public bool TwoFactorEnabled { get; set; }

    /// <summary>Hashes of the unused recovery codes, with spaces between.</summary>
    public string? RecoveryCodes { get; set; }

    /// <summary>Until when sign-in is refused, UTC.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>Failed sign-ins since the last good one.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>The provider with which the curator signs in, if elsewhere.</summary>
    public string? ExternalProvider { get; set; }

    /// <summary>The provider's id of the curator.</summary>
    public string? ExternalSubject { get; set; }

    /// <summary>When the curator was added, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the curator was shut out, UTC.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Counts the changes of the row, so that no change undoes another unseen.</summary>
    public int Version { get; set; }
}
