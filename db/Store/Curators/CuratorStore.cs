using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Text;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>Keeps the people who work in the console. There is always an administrator who can sign in, once there was one.</summary>
public sealed class CuratorStore(TimeProvider clock, AuditLog audit)
{
    private const string Columns =
        """
        CuratorId, UserName, NormalizedUserName, DisplayName, Role, PasswordHash, SecurityStamp, AuthenticatorKey, AuthenticatorStep,
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
        "CuratorStore.KeepAnAdministrator",
        "SELECT COUNT(*) FROM Curator WITH (UPDLOCK, HOLDLOCK) WHERE Role = 'administrator' AND DisabledAt IS NULL AND CuratorId <> @id",
        "SELECT COUNT(*) FROM Curator WHERE Role = 'administrator' AND DisabledAt IS NULL AND CuratorId <> @id");

    /// <summary>The curator with that id, or null.</summary>
    public static Task<Curator?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<Curator>(SelectById, new { id }, cancellation);

    /// <summary>The curator with that normalized name, or null.</summary>
    public static Task<Curator?> FindByNameAsync(DbSession session, string name, CancellationToken cancellation) =>
        session.FindAsync<Curator>(SelectByName, new { name }, cancellation);

    /// <summary>The curator who signs in elsewhere under that subject, or null.</summary>
    public static Task<Curator?> FindByExternalAsync(DbSession session, string provider, string subject, CancellationToken cancellation) =>
        session.FindAsync<Curator>(SelectByExternal, new { provider, subject }, cancellation);

    /// <summary>Everybody, by name.</summary>
    public static Task<IReadOnlyList<Curator>> ListAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<Curator>(SelectAll, null, cancellation);

    /// <summary>Whether there is anybody at all.</summary>
    public static async Task<bool> AnyAsync(DbSession session, CancellationToken cancellation) =>
        await session.ScalarAsync<int>(CountAll, null, cancellation) > 0;

    /// <summary>Adds somebody.</summary>
    /// <exception cref="RefusedException">The name is taken.</exception>
    public async Task AddAsync(DbSession session, Curator curator, Actor actor, CancellationToken cancellation)
    {
        if (await FindByNameAsync(session, curator.NormalizedUserName, cancellation) is not null)
        {
            throw new RefusedException($"Somebody signs in as “{curator.UserName}” already.") { Field = nameof(curator.UserName) };
        }

        curator.CreatedAt = clock.GetUtcNow();
        await session.ExecuteAsync(Insert, Row(curator), cancellation);
        await audit.AppendAsync(session, actor, "addCurator", Subject(curator.CuratorId), $"{curator.UserName}, {curator.Role.Code()}", cancellation);
    }

    /// <summary>Saves names and credentials. Role, lock-out and the like have methods of their own.</summary>
    /// <returns>False when somebody changed the row meanwhile; nothing was written.</returns>
    public static async Task<bool> SaveAsync(DbSession session, Curator curator, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(UpdateCredentials, Row(curator), cancellation) == 0)
        {
            return false;
        }

        curator.Version++;
        return true;
    }

    /// <summary>Gives somebody another role.</summary>
    /// <exception cref="RefusedException">It would leave no administrator.</exception>
    public async Task ChangeRoleAsync(DbSession session, Guid id, CuratorRole role, Actor actor, CancellationToken cancellation)
    {
        var curator = await RequireAsync(session, id, cancellation);
        if (curator.Role == role)
        {
            return;
        }

        await KeepAnAdministratorAsync(session, curator, cancellation);
        await session.ExecuteAsync(UpdateRole, new { id, role = role.Code() }, cancellation);
        await audit.AppendAsync(session, actor, "changeRole", Subject(id), $"{curator.Role.Code()} -> {role.Code()}", cancellation);
    }

    /// <summary>
    /// Gives somebody whom another provider vouches for the role that the provider gives now; null when it gives none any more. Then
    /// every session ends, and what stays is the least role, which lets nobody in who has none there. The last administrator is not
    /// kept: whom the provider holds back can't administer, and an operator can always add somebody by the command line.
    /// </summary>
    public async Task FollowRoleAsync(DbSession session, Curator curator, CuratorRole? role, Actor actor, CancellationToken cancellation)
    {
        var now = role ?? CuratorRole.Viewer;
        if (curator.Role != now)
        {
            await session.ExecuteAsync(UpdateRole, new { id = curator.CuratorId, role = now.Code() }, cancellation);
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

    /// <summary>Shuts somebody out, and ends every session. What they did stays theirs.</summary>
    /// <exception cref="RefusedException">It would leave no administrator.</exception>
    public async Task DisableAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        var curator = await RequireAsync(session, id, cancellation);
        await KeepAnAdministratorAsync(session, curator, cancellation);
        await session.ExecuteAsync(UpdateDisabled, new { id, at = (DateTimeOffset?)clock.GetUtcNow(), stamp = NewStamp() }, cancellation);
        await CuratorSessions.EndAllAsync(session, id, except: null, clock.GetUtcNow(), cancellation);
        await audit.AppendAsync(session, actor, "disableCurator", Subject(id), null, cancellation);
    }

    /// <summary>Lets somebody in again.</summary>
    public async Task EnableAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, id, cancellation);
        await session.ExecuteAsync(UpdateDisabled, new { id, at = (DateTimeOffset?)null, stamp = NewStamp() }, cancellation);
        await audit.AppendAsync(session, actor, "enableCurator", Subject(id), null, cancellation);
    }

    /// <summary>Adds somebody who chooses a password with a set-up link.</summary>
    /// <returns>The link's token, to be handed over.</returns>
    /// <exception cref="RefusedException">The name is taken, or is no name to sign in with.</exception>
    public async Task<string> InviteAsync(
        DbSession session, string userName, string displayName, CuratorRole role, Actor actor, CancellationToken cancellation)
    {
        if (!IsUserName(userName))
        {
            throw new RefusedException("A name to sign in with is made of letters, digits and - . _ @ +");
        }

        var curator = new Curator
        {
            CuratorId = Guid.CreateVersion7(clock.GetUtcNow()),
            UserName = userName,
            NormalizedUserName = Normalize(userName),
            DisplayName = displayName,
            Role = role,
            SecurityStamp = NewStamp(),
        };
        await AddAsync(session, curator, actor, cancellation);
        return await SetUpLinks.CreateAsync(session, curator.CuratorId, clock.GetUtcNow(), cancellation);
    }

    /// <summary>Whether somebody can sign in under that name: 1 to 256 letters, digits and - . _ @ +</summary>
    public static bool IsUserName(string name) =>
        name.Length is > 0 and <= 256 && name.All(c => char.IsAsciiLetterOrDigit(c) || "-._@+".Contains(c, StringComparison.Ordinal));

    /// <summary>The form of a name that is unique.</summary>
    public static string Normalize(string name) => UnicodeText.Normalized(name, NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>Takes away password, authenticator and lock-out, and ends every session: a set-up link is the way back in.</summary>
    /// <returns>The link's token, to be handed over.</returns>
    /// <exception cref="RefusedException">Another provider vouches for them: a password would be a second way in, past that provider.</exception>
    public async Task<string> ResetAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        if (await RequireAsync(session, id, cancellation) is { ExternalSubject: not null } external)
        {
            throw new RefusedException($"{external.DisplayName} has no password here, and signs in with the department's own account. To keep them out, shut them out.");
        }

        await session.ExecuteAsync(ClearCredentials, new { id, stamp = NewStamp() }, cancellation);
        await CuratorSessions.EndAllAsync(session, id, except: null, clock.GetUtcNow(), cancellation);
        await audit.AppendAsync(session, actor, "resetCurator", Subject(id), null, cancellation);
        return await SetUpLinks.CreateAsync(session, id, clock.GetUtcNow(), cancellation);
    }

    /// <summary>A fresh security stamp: 32 hexadecimal digits.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    /// <summary>What the audit log calls a curator.</summary>
    public static string Subject(Guid id) => $"curator:{id:D}";

    private static async Task<Curator> RequireAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await FindAsync(session, id, cancellation) ?? throw new NotFoundException("such curator");

    private static async Task KeepAnAdministratorAsync(DbSession session, Curator leaving, CancellationToken cancellation)
    {
        if (leaving is { Role: CuratorRole.Administrator, DisabledAt: null }
            && await session.ScalarAsync<int>(CountOtherAdministrators, new { id = leaving.CuratorId }, cancellation) == 0)
        {
            throw new RefusedException("The directory needs an administrator: make somebody else one first.");
        }
    }

    private static object Row(Curator curator) => new
    {
        curator.CuratorId,
        curator.UserName,
        curator.NormalizedUserName,
        curator.DisplayName,
        Role = curator.Role.Code(),
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
