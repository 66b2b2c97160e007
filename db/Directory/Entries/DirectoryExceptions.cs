namespace HealthEquity.Directory.Entries;

/// <summary>A rule of the directory refused a change, and nothing was written. The message can be shown to a curator.</summary>
public class RefusedException(string message) : Exception(message)
{
    /// <summary>The input field that caused the refusal, such as "reason"; null if no single field did.</summary>
    public string? Field { get; init; }

    /// <summary>Refuses text that is too long for its column, before the database does.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <param name="maximum">The column's length in characters.</param>
    /// <param name="what">The field's name as the start of a sentence, such as "The note".</param>
    /// <exception cref="RefusedException">The text is longer than the maximum.</exception>
    public static void IfLonger(string? text, int maximum, string what)
    {
        if (text?.Length > maximum)
        {
            throw new RefusedException($"{what} is {text.Length} characters long. The limit is {maximum}.");
        }
    }
}

/// <summary>Someone else saved the entry in the meantime. The caller still has its own text, so nothing is lost.</summary>
public sealed class ConflictException(Revision winner)
    : RefusedException($"Someone else saved revision {winner.Number} in the meantime. Compare it with yours, then save again.")
{
    /// <summary>The revision that was saved first.</summary>
    public Revision Winner { get; } = winner;
}

/// <summary>The requested entry, revision or other record does not exist.</summary>
public sealed class NotFoundException(string what) : RefusedException($"There is no {what}.");
