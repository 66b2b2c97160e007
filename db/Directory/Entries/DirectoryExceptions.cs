namespace HealthEquity.Directory.Entries;

/// <summary>The directory's own refusal of a change; nothing was written. The message can be shown to a curator.</summary>
public class RefusedException(string message) : Exception(message)
{
    /// <summary>The name of what was given that it is about, such as "reason"; null when it is about the whole.</summary>
    public string? Field { get; init; }

    /// <summary>Refuses a text that its column has no room for, before the database does.</summary>
    /// <param name="text">What was typed; may be null.</param>
    /// <param name="most">How many characters there is room for.</param>
    /// <param name="what">The field's name at the beginning of a sentence, such as "The note".</param>
    /// <exception cref="RefusedException">It is longer.</exception>
    public static void IfLonger(string? text, int most, string what)
    {
        if (text?.Length > most)
        {
            throw new RefusedException($"{what} has {text.Length} characters, and there is room for {most}: shorten it.");
        }
    }
}

/// <summary>Somebody saved the entry meanwhile. The caller still holds its own text; nothing of either is lost.</summary>
public sealed class ConflictException(Revision winner)
    : RefusedException($"Somebody saved revision {winner.Number} meanwhile. Compare it with yours, and save again on top of it.")
{
    /// <summary>The revision that came first.</summary>
    public Revision Winner { get; } = winner;
}

/// <summary>There is no such entry or revision.</summary>
public sealed class NotFoundException(string what) : RefusedException($"There is no {what}.");
