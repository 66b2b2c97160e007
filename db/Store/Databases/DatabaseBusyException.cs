using System.Data.Common;

namespace HealthEquity.Store.Databases;

/// <summary>Another writer held the lock for the maximum wait. Nothing was changed, and the same work can be retried.</summary>
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
