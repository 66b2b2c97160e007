using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Traits;

/// <summary>Dates in an entry that the work queue checks.</summary>
/// <param name="CapacityAsOf">The date of its capacity information.</param>
/// <param name="CredentialExpiresOn">The earliest expiration date of a license or accreditation.</param>
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
