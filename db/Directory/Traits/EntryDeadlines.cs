using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Traits;

/// <summary>Days in an entry's text that the curators' queue looks at.</summary>
/// <param name="CapacityAsOf">The day on which its capacity was true.</param>
/// <param name="CredentialExpiresOn">The first day on which a license or accreditation runs out.</param>
public readonly record struct EntryDeadlines(DateOnly? CapacityAsOf, DateOnly? CredentialExpiresOn);

/// <summary>Finds an entry's <see cref="EntryDeadlines"/>.</summary>
public static class EntryDeadlinesExtensions
{
    /// <summary>The entry's deadlines.</summary>
    public static EntryDeadlines Deadlines(this Entry entry)
    {
        var expiry = entry switch
        {
            Provider provider => provider.Licenses.Select(l => l.ExpiresOn).Min(),
            Attorney { DojAccreditation: { RenewalPending: false } accreditation } => accreditation.ExpiresOn,
            _ => null,
        };
        return new EntryDeadlines((entry as ServiceEntry)?.Capacity?.AsOf, expiry);
    }
}
