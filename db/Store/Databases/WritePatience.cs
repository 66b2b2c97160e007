namespace HealthEquity.Store.Databases;

/// <summary>
/// How long a writer waits for SQLite's one write lock: two seconds during a request, longer for imports, daily jobs and commands, longest
/// for a program that starts while another one fills the directory, and only a moment for what may be lost. Waiting holds no thread.
/// </summary>
public static class WritePatience
{
    private static readonly TimeSpan Interactive = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Momentary = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Unattended = TimeSpan.FromSeconds(30);

    // On a slow machine, another program may take minutes to fill a new directory.
    private static readonly TimeSpan AtStart = TimeSpan.FromMinutes(10);

    // Flows only with the work of the request.
    private static readonly AsyncLocal<TimeSpan?> Chosen = new();

    /// <summary>How long the current work may wait.</summary>
    public static TimeSpan Current => Chosen.Value ?? Unattended;

    /// <summary>Marks everything that the calling method does from here on as part of a request.</summary>
    public static void ForRequest() => Chosen.Value = Interactive;

    /// <summary>Marks everything that the calling method does from here on as part of a start.</summary>
    public static void ForStart() => Chosen.Value = AtStart;

    /// <summary>Marks everything that the calling method does from here on as not worth a wait: a page must not be late for it.</summary>
    public static void ForPassingNote() => Chosen.Value = Momentary;
}
