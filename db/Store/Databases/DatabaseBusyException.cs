using System.Data.Common;

namespace HealthEquity.Store.Databases;

/// <summary>Somebody else was writing for as long as a writer waits. Nothing was changed; the same work may be tried again.</summary>
public sealed class DatabaseBusyException : DbException
{
    /// <summary>Says so.</summary>
    public DatabaseBusyException()
        : base("The database is busy: another program or a long job is writing to it. Try again in a moment.")
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
