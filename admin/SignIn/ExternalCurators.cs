using System.Security.Claims;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.SignIn;

/// <summary>Finds or adds curators from the department's identity provider. Their role comes from the provider's groups.</summary>
internal sealed class ExternalCurators(OpenIdConnectSettings settings, Database database, CuratorStore curators)
{
    private static readonly Actor Provider = Actor.System("openIdConnect");

    /// <summary>Returns the curator for an external user.</summary>
    /// <exception cref="RefusedException">The user has no role or is disabled, or the name is taken.</exception>
    public async Task<Curator> FindOrAddAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        var subject = person.FindFirstValue("sub") ?? throw new RefusedException("The identity provider did not send your user id.");
        var role = RoleOf(person);
        var curator = await database.TransactAsync(
            async session =>
            {
                var known = await CuratorStore.FindByExternalAsync(session, settings.Authority!, subject, cancellation);
                if (known is null && role is { } first)
                {
                    known = New(person, subject, first);
                    await curators.AddAsync(session, known, Provider, cancellation);
                }

                if (known is not null)
                {
                    await curators.SyncExternalRoleAsync(session, known, role, Provider, cancellation);
                }

                return known;
            },
            cancellation);

        // Refuse only after the transaction, so that a role removed by the provider stays removed.
        return curator switch
        {
            _ when role is null => throw new RefusedException("Your account has no role in this directory. Ask an administrator."),
            { DisabledAt: null } => curator,
            _ => throw new RefusedException("Your account is disabled. Ask an administrator."),
        };
    }

    private CuratorRole? RoleOf(ClaimsPrincipal person)
    {
        var held = person.FindAll(settings.RoleClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        return CuratorRoles.All
            .Where(role => settings.Roles.TryGetValue(role.Code(), out var values) && held.Overlaps(values))
            .Select(role => (CuratorRole?)role)
            .Max();
    }

    private Curator New(ClaimsPrincipal person, string subject, CuratorRole role)
    {
        var name = person.FindFirstValue("preferred_username") ?? person.FindFirstValue("email") ?? subject;
        return new Curator
        {
            CuratorId = Guid.CreateVersion7(),
            UserName = name,
            NormalizedUserName = CuratorStore.Normalize(name),
            DisplayName = person.FindFirstValue("name") ?? name,
            Role = role,
            SecurityStamp = CuratorStore.NewStamp(),
            ExternalProvider = settings.Authority,
            ExternalSubject = subject,
        };
    }
}
