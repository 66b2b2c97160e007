using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Starter;

/// <summary>What an empty directory gets: the setting <c>Starter</c>.</summary>
public enum StarterContent
{
    /// <summary>Nothing but the vocabularies.</summary>
    None,

    /// <summary>The entries made of public facts.</summary>
    Facts,

    /// <summary>Those, and the invented providers and attorneys to try the product with.</summary>
    Samples,
}

/// <summary>Reads the setting <c>Starter</c>.</summary>
public static class StarterSetting
{
    /// <summary>The setting's name.</summary>
    public const string Name = "Starter";

    /// <summary>
    /// What a database gets. Invented people belong on a newcomer's own computer only: without the word <c>samples</c>, a server and any
    /// other database that somebody named gets none.
    /// </summary>
    /// <param name="setting">The setting: true, false or samples. Without one it is true.</param>
    /// <param name="database">The database.</param>
    /// <exception cref="InvalidDataException">The setting is something else.</exception>
    public static StarterContent Read(string? setting, Database database) => setting?.Trim().ToUpperInvariant() switch
    {
        "FALSE" => StarterContent.None,
        "SAMPLES" => StarterContent.Samples,
        null or "" or "TRUE" => IsEmbeddedDefault(database) ? StarterContent.Samples : StarterContent.Facts,
        _ => throw new InvalidDataException($"The setting '{Name}' is '{setting}'. Set it to true, false or samples."),
    };

    private static bool IsEmbeddedDefault(Database database) =>
        database.FilePath is { } file && EmbeddedFile.IsDefault(file);
}
