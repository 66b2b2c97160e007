namespace HealthEquity.Store.Databases;

/// <summary>
/// How long a writer waits while another holds SQLite's one write lock: two seconds where somebody waits for an answer, longer for imports,
/// daily jobs and commands. It holds no thread meanwhile.
/// </summary>
public static class WritePatience
{
    private static readonly TimeSpan Interactive = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Unattended = TimeSpan.FromSeconds(30);

    // Flows with the work that was begun, and with nothing else.
    private static readonly AsyncLocal<bool> IsInteractive = new();

    /// <summary>How long the work that asks may wait.</summary>
    public static TimeSpan Current => IsInteractive.Value ? Interactive : Unattended;

    /// <summary>Marks what the calling method does from here on as part of a request: somebody waits for the answer.</summary>
    public static void ForRequest() => IsInteractive.Value = true;
}
