using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Text;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>Stores the users of the console. Once there is an administrator, at least one always remains who can sign in.</summary>
public sealed class CuratorStore(TimeProvider clock, AuditLog audit)
{
    private const int MaxUserNameLength = 256;

    private const int MaxDisplayNameLength = 200;

    private const string Columns =
        $"""
        CuratorId, UserName, NormalizedUserName, DisplayName, {CuratorLanguages.Columns}, PasswordHash, SecurityStamp, AuthenticatorKey, AuthenticatorStep,
        TwoFactorEnabled, RecoveryCodes, LockoutEnd, AccessFailedCount, ExternalProvider, ExternalSubject, CreatedAt, DisabledAt, Version
        """;

    private static readonly Sql SelectById = new("CuratorStore.Find", $"SELECT {Columns} FROM Curator WHERE CuratorId = @id");

    private static readonly Sql SelectByName = new("CuratorStore.FindByName", $"SELECT {Columns} FROM Curator WHERE NormalizedUserName = @name");

    private static readonly Sql SelectByExternal = new(
        "CuratorStore.FindByExternal",
        $"SELECT {Columns} FROM Curator WHERE ExternalProvider = @provider AND ExternalSubject = @subject");

    private static readonly Sql SelectAll = new("CuratorStore.List", $"SELECT {Columns} FROM Curator ORDER BY DisplayName, UserName");

    private static readonly Sql CountAll = new("CuratorStore.Any", "SELECT COUNT(*) FROM Curator");

    private static readonly Sql Insert = new(
        "CuratorStore.Add",
        """
        INSERT INTO Curator (CuratorId, UserName, NormalizedUserName, DisplayName, Role, PasswordHash, SecurityStamp,
          TwoFactorEnabled, AccessFailedCount, ExternalProvider, ExternalSubject, CreatedAt, Version)
        VALUES (@CuratorId, @UserName, @NormalizedUserName, @DisplayName, @Role, @PasswordHash, @SecurityStamp,
          @TwoFactorEnabled, 0, @ExternalProvider, @ExternalSubject, @CreatedAt, 0)
        """);

    private static readonly Sql UpdateCredentials = new(
        "CuratorStore.Save",
        """
        UPDATE Curator SET UserName = @UserName, NormalizedUserName = @NormalizedUserName, DisplayName = @DisplayName,
          PasswordHash = @PasswordHash, SecurityStamp = @SecurityStamp, AuthenticatorKey = @AuthenticatorKey,
          TwoFactorEnabled = @TwoFactorEnabled, RecoveryCodes = @RecoveryCodes, Version = Version + 1
        WHERE CuratorId = @CuratorId AND Version = @Version
        """);

    private static readonly Sql UpdateRole = new("CuratorStore.ChangeRole", "UPDATE Curator SET Role = @role WHERE CuratorId = @id");

    private static readonly Sql UpdateDisabled = new(
        "CuratorStore.Disable",
        "UPDATE Curator SET DisabledAt = @at, SecurityStamp = @stamp, Version = Version + 1 WHERE CuratorId = @id");

    private static readonly Sql ClearCredentials = new(
        "CuratorStore.Reset",
        """
        UPDATE Curator SET PasswordHash = NULL, AuthenticatorKey = NULL, AuthenticatorStep = NULL, TwoFactorEnabled = 0, RecoveryCodes = NULL,
          LockoutEnd = NULL, AccessFailedCount = 0, SecurityStamp = @stamp, Version = Version + 1
        WHERE CuratorId = @id
        """);

    private static readonly Sql CountOtherAdministrators = new(
        "CuratorStore.RequireAnotherAdministrator",
        "SELECT COUNT(*) FROM Curator WITH (UPDLOCK, HOLDLOCK) WHERE Role = 'administrator' AND DisabledAt IS NULL AND CuratorId <> @id",
        "SELECT COUNT(*) FROM Curator WHERE Role = 'administrator' AND DisabledAt IS NULL AND CuratorId <> @id");

    /// <summary>The curator with that id, or null.</summary>
    public static Task<Curator?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<Curator>(SelectById, new { id }, cancellation);

    /// <summary>The curator with that normalized name, or null.</summary>
    public static Task<Curator?> FindByNameAsync(DbSession session, string name, CancellationToken cancellation) =>
        session.FindAsync<Curator>(SelectByName, new { name }, cancellation);

    /// <summary>The curator with that external provider and subject, or null.</summary>
    public static Task<Curator?> FindByExternalAsync(DbSession session, string provider, string subject, CancellationToken cancellation) =>
        session.FindAsync<Curator>(SelectByExternal, new { provider, subject }, cancellation);

    /// <summary>All curators, by name.</summary>
    public static Task<IReadOnlyList<Curator>> ListAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<Curator>(SelectAll, null, cancellation);

    /// <summary>Whether there are any curators.</summary>
    public static async Task<bool> AnyAsync(DbSession session, CancellationToken cancellation) =>
        await session.ScalarAsync<int>(CountAll, null, cancellation) > 0;

    /// <summary>Adds a curator.</summary>
    /// <exception cref="RefusedException">The name is taken.</exception>
    public async Task AddAsync(DbSession session, Curator curator, Actor actor, CancellationToken cancellation)
    {
        RefusedException.IfLonger(curator.UserName, MaxUserNameLength, "The sign-in name");
        RefusedException.IfLonger(curator.DisplayName, MaxDisplayNameLength, "The name");
        if (await FindByNameAsync(session, curator.NormalizedUserName, cancellation) is not null)
        {
            throw new RefusedException($"The user name “{curator.UserName}” is already taken.") { Field = nameof(curator.UserName) };
        }

        curator.CreatedAt = clock.GetUtcNow();
        await session.ExecuteAsync(Insert, Row(curator), cancellation);
        await CuratorLanguages.SaveAsync(session, curator.CuratorId, curator.Role, curator.Languages, cancellation);
        await audit.AppendAsync(session, actor, "addCurator", Subject(curator.CuratorId), $"{curator.UserName}, {Described(curator.Role, curator.Languages)}", cancellation);
    }

    /// <summary>Saves names and credentials. Role, lockout and status have their own methods.</summary>
    /// <returns>False if the row changed in the meantime; nothing was written.</returns>
    public static async Task<bool> SaveAsync(DbSession session, Curator curator, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(UpdateCredentials, Row(curator), cancellation) == 0)
        {
            return false;
        }

        curator.Version++;
        return true;
    }

    /// <summary>Changes a curator's role and languages.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The curator.</param>
    /// <param name="role">The new role.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="languages">The languages of a translator or language reviewer, BCP-47 tags; ignored for other roles.</param>
    /// <exception cref="RefusedException">No administrator would remain, or languages are missing.</exception>
    public async Task ChangeRoleAsync(
        DbSession session, Guid id, CuratorRole role, Actor actor, CancellationToken cancellation, IReadOnlyCollection<string>? languages = null)
    {
        var written = CuratorLanguages.Written(role, languages ?? []);
        var curator = await RequireAsync(session, id, cancellation);
        if (curator.Role == role && curator.Languages == written)
        {
            return;
        }

        if (curator.Role != role)
        {
            await RequireAnotherAdministratorAsync(session, curator, cancellation);
        }

        await WriteRoleAsync(session, id, role, written, cancellation);
        await audit.AppendAsync(session, actor, "changeRole", Subject(id), $"{Described(curator.Role, curator.Languages)} -> {Described(role, written)}", cancellation);
    }

    /// <summary>
    /// Updates the role of a curator who signs in with an external provider; null if the provider no longer grants one. In that case every
    /// session ends and the curator falls back to the lowest role, which does not allow sign-in without a role from the provider. This can
    /// remove the last administrator; an operator can always add one from the command line.
    /// </summary>
    public async Task SyncExternalRoleAsync(DbSession session, Curator curator, CuratorRole? role, Actor actor, CancellationToken cancellation)
    {
        var now = role ?? CuratorRole.Viewer;
        if (curator.Role != now)
        {
            // A new translator has no languages until an administrator chooses them.
            await WriteRoleAsync(session, curator.CuratorId, now, now.HasLanguages() ? curator.Languages : "", cancellation);
        }

        if (role is null)
        {
            await CuratorSessions.EndAllAsync(session, curator.CuratorId, except: null, clock.GetUtcNow(), cancellation);
            await audit.AppendAsync(session, actor, "loseRole", Subject(curator.CuratorId), curator.Role.Code(), cancellation);
        }
        else if (curator.Role != now)
        {
            await audit.AppendAsync(session, actor, "changeRole", Subject(curator.CuratorId), $"{curator.Role.Code()} -> {now.Code()}", cancellation);
        }

        curator.Role = now;
    }

    /// <summary>Disables a curator and ends every session. Their past actions keep their name.</summary>
    /// <exception cref="RefusedException">No administrator would remain.</exception>
    public async Task DisableAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        var curator = await RequireAsync(session, id, cancellation);
        await RequireAnotherAdministratorAsync(session, curator, cancellation);
        await session.ExecuteAsync(UpdateDisabled, new { id, at = (DateTimeOffset?)clock.GetUtcNow(), stamp = NewStamp() }, cancellation);
        await CuratorSessions.EndAllAsync(session, id, except: null, clock.GetUtcNow(), cancellation);
        await audit.AppendAsync(session, actor, "disableCurator", Subject(id), null, cancellation);
    }

    /// <summary>Enables a curator again.</summary>
    public async Task EnableAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, id, cancellation);
        await session.ExecuteAsync(UpdateDisabled, new { id, at = (DateTimeOffset?)null, stamp = NewStamp() }, cancellation);
        await audit.AppendAsync(session, actor, "enableCurator", Subject(id), null, cancellation);
    }

    /// <summary>Adds a curator who chooses a password with a setup link.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="userName">The name for signing in.</param>
    /// <param name="displayName">The name shown to others.</param>
    /// <param name="role">The role.</param>
    /// <param name="actor">Who adds the curator.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="languages">The languages of a translator or language reviewer, BCP-47 tags; ignored for other roles.</param>
    /// <returns>The token of the link to give to the curator.</returns>
    /// <exception cref="RefusedException">The name is taken or is not a valid user name, or languages are missing.</exception>
    public async Task<string> InviteAsync(
        DbSession session, string userName, string displayName, CuratorRole role, Actor actor, CancellationToken cancellation, IReadOnlyCollection<string>? languages = null)
    {
        if (!IsUserName(userName))
        {
            throw new RefusedException("A user name can contain only letters, digits and - . _ @ +");
        }

        var curator = new Curator
        {
            CuratorId = Guid.CreateVersion7(clock.GetUtcNow()),
            UserName = userName,
            NormalizedUserName = Normalize(userName),
            DisplayName = displayName,
            Role = role,
            Languages = CuratorLanguages.Written(role, languages ?? []),
            SecurityStamp = NewStamp(),
        };
        await AddAsync(session, curator, actor, cancellation);
        return await SetUpLinks.CreateAsync(session, curator.CuratorId, clock.GetUtcNow(), cancellation);
    }

    /// <summary>Whether this is a valid user name: 1 to 256 letters, digits and - . _ @ +</summary>
    public static bool IsUserName(string name) =>
        name.Length is > 0 and <= 256 && name.All(c => char.IsAsciiLetterOrDigit(c) || "-._@+".Contains(c, StringComparison.Ordinal));

    /// <summary>The normalized form of a user name, which is unique.</summary>
    public static string Normalize(string name) => UnicodeText.Normalized(name, NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>Removes password, authenticator and lockout, and ends every session. The curator signs in again with a setup link.</summary>
    /// <returns>The token of the link to give to the curator.</returns>
    /// <exception cref="RefusedException">The curator signs in with an external provider. A password would bypass that provider.</exception>
    public async Task<string> ResetAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        if (await RequireAsync(session, id, cancellation) is { ExternalSubject: not null } external)
        {
            throw new RefusedException($"{external.DisplayName} signs in with a department account and has no password here. To block access, disable the account.");
        }

        await session.ExecuteAsync(ClearCredentials, new { id, stamp = NewStamp() }, cancellation);
        await CuratorSessions.EndAllAsync(session, id, except: null, clock.GetUtcNow(), cancellation);
        await audit.AppendAsync(session, actor, "resetCurator", Subject(id), null, cancellation);
        return await SetUpLinks.CreateAsync(session, id, clock.GetUtcNow(), cancellation);
    }

    /// <summary>A new security stamp: 32 hexadecimal digits.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    /// <summary>The subject of a curator in the audit log.</summary>
    public static string Subject(Guid id) => $"curator:{id:D}";

    private static async Task WriteRoleAsync(DbSession session, Guid id, CuratorRole role, string languages, CancellationToken cancellation)
    {
        await session.ExecuteAsync(UpdateRole, new { id, role = CuratorLanguages.Stored(role).Code() }, cancellation);
        await CuratorLanguages.SaveAsync(session, id, role, languages, cancellation);
    }

    private static string Described(CuratorRole role, string languages) => languages.Length == 0 ? role.Code() : $"{role.Code()} ({languages})";

    private static async Task<Curator> RequireAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await FindAsync(session, id, cancellation) ?? throw new NotFoundException("such curator");

    private static async Task RequireAnotherAdministratorAsync(DbSession session, Curator leaving, CancellationToken cancellation)
    {
        if (leaving is { Role: CuratorRole.Administrator, DisabledAt: null }
            && await session.ScalarAsync<int>(CountOtherAdministrators, new { id = leaving.CuratorId }, cancellation) == 0)
        {
            throw new RefusedException("The directory needs at least one administrator. Make someone else an administrator first.");
        }
    }

    private static object Row(Curator curator) => new
    {
        curator.CuratorId,
        curator.UserName,
        curator.NormalizedUserName,
        curator.DisplayName,
        Role = CuratorLanguages.Stored(curator.Role).Code(),
        curator.PasswordHash,
        curator.SecurityStamp,
        curator.AuthenticatorKey,
        curator.TwoFactorEnabled,
        curator.RecoveryCodes,
        curator.ExternalProvider,
        curator.ExternalSubject,
        curator.CreatedAt,
        curator.Version,
    };
}
