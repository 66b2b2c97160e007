using System.Text.RegularExpressions;

namespace HealthEquity.Store.Databases;

/// <summary>
/// The copy next to the database in which a restore prepares a backup. A restore that is killed can't delete its copy, so the next restore or
/// start deletes every copy whose lock is free. All files have mode 0600.
/// </summary>
internal sealed partial class RestoreCopy : IDisposable
{
    private const string LockEnding = ".lock";

    private static readonly string[] Endings = ["", "-wal", "-shm", "-journal"];

    private readonly FileStream _lock;

    private RestoreCopy(string path, FileStream @lock)
    {
        FullPath = path;
        _lock = @lock;
    }

    /// <summary>The path of the copy.</summary>
    public string FullPath { get; }

    /// <summary>Names a new copy and locks it. The file itself does not exist yet.</summary>
    /// <param name="database">The database's file.</param>
    public static RestoreCopy Create(string database)
    {
        var path = $"{database}.restoring-{Guid.NewGuid():N}";
        return new RestoreCopy(path, PrivateFile.Open(path + LockEnding));
    }

    /// <summary>Deletes the copies of killed restores of a database, and no other files.</summary>
    /// <param name="database">The database's file. It may be missing.</param>
    public static void Sweep(string database)
    {
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(database))!, Path.GetFileName(database));
        if (!System.IO.Directory.Exists(folder))
        {
            return;
        }

        var copies = System.IO.Directory.EnumerateFiles(folder, name + ".restoring-*").Select(f => Path.GetFileName(f)[name.Length..])
            .Select(ending => Ending().Match(ending)).Where(m => m.Success).Select(m => Path.Combine(folder, name + m.Groups[1].Value)).Distinct().ToList();
        copies.ForEach(SweepOne);
    }

    /// <summary>Deletes the copy with its journals.</summary>
    public void Dispose()
    {
        Delete(FullPath);
        _lock.Dispose();
        File.Delete(FullPath + LockEnding);
    }

    /// <summary>Deletes a database and its journals.</summary>
    public static void Delete(string file)
    {
        foreach (var ending in Endings)
        {
            File.Delete(file + ending);
        }
    }

    private static void SweepOne(string copy)
    {
        try
        {
            // The process holds the lock while it runs; the system releases it when the process is killed.
            if (File.Exists(copy + LockEnding))
            {
                new FileStream(copy + LockEnding, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            }

            Delete(copy);
            File.Delete(copy + LockEnding);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // In use, or owned by another account.
        }
    }

    [GeneratedRegex(@"^(\.restoring-[0-9a-f]{32})(-wal|-shm|-journal|\.lock)?\z")]
    private static partial Regex Ending();
}
