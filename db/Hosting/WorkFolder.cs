namespace HealthEquity.Hosting;

/// <summary>
/// The folder for everything that a program writes for a moment: uploads, unpacked archives, downloads. A program that is killed can't delete
/// what it wrote, so the next one that starts does: it takes away the folders whose lock nobody holds any more.
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

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>Sweeps what killed programs left, and makes a folder for this one; only its account may look inside.</summary>
    /// <param name="parent">Where; the system's temporary folder as a rule.</param>
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

    /// <summary>Makes this the folder for all temporary files of the process, those of the libraries included.</summary>
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
            // Held for as long as its process lives; the system lets it go when the process is killed.
            using (new FileStream(Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }

            Delete(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // In use, just being made, or another account's.
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
