using System.Xml.Linq;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace HealthEquity.Admin.SignIn;

/// <summary>Stores the Data Protection keys in the database, so that all nodes share them. The interface is synchronous.</summary>
internal sealed class KeyRepository(Database database, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => AddAsync(element, friendlyName).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var session = await database.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        var keys = await DataProtectionKeys.ReadAsync(session, CancellationToken.None).ConfigureAwait(false);
        return [.. keys.Select(XElement.Parse)];
    }

    private async Task AddAsync(XElement element, string friendlyName)
    {
        await using var session = await database.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        var xml = element.ToString(SaveOptions.DisableFormatting);
        await DataProtectionKeys.AddAsync(session, friendlyName, xml, clock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
    }
}
