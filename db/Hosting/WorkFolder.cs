namespace HealthEquity.Hosting;

/// <summary>
/// The folder for temporary files: uploads, unpacked archives, downloads. A program that is killed can't delete its folder, so the next one
/// that starts deletes every folder whose lock is free.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private const string Prefix = "healthequity-work-";
    private const string LockName = ".lock";

    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream @lock)
    {
        FullPath = path;
        _lock = @lock;
    }

    /// <summary>The path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Deletes the folders of killed programs and creates one for this program, which only its account can read.</summary>
    /// <param name="parent">The parent folder, usually the system's temporary folder.</param>
    public static WorkFolder Open(string parent)
    {
        foreach (var left in System.IO.Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            Sweep(left);
        }

        var path = Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(path);
        }
        else
        {
            System.IO.Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new WorkFolder(path, new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>Uses this folder for all temporary files of the process, including those of libraries.</summary>
    public WorkFolder UseForProcess()
    {
        foreach (var name in new[] { "TMPDIR", "TMP", "TEMP", "ASPNETCORE_TEMP" })
        {
            Environment.SetEnvironmentVariable(name, FullPath);
        }

        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(FullPath);
    }

    private static void Sweep(string folder)
    {
        try
        {
            // The process holds the lock while it runs; the system releases it when the process is killed.
            using (new FileStream(Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }

            Delete(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // In use, being created, or owned by another account.
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next program that starts tries again.
        }
    }
}
