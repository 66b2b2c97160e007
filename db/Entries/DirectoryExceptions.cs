namespace HealthEquity.Db.Entries;

/// <summary>The directory's own refusal of a change; nothing was written. The message can be shown to a curator.</summary>
public class RefusedException(string message) : Exception(message);

/// <summary>Somebody saved the entry meanwhile. The caller still holds its own text; nothing of either is lost.</summary>
public sealed class ConflictException(Revision winner)
    : RefusedException($"Somebody saved revision {winner.Number} meanwhile. Compare it with yours, and save again on top of it.")
{
    /// <summary>The revision that came first.</summary>
    public Revision Winner { get; } = winner;
}

/// <summary>There is no such entry or revision.</summary>
public sealed class NotFoundException(string what) : RefusedException($"There is no {what}.");
