namespace HealthEquity.Store.Databases;

/// <summary>Files that only the account of the program may read: databases, backups, copies, keys.</summary>
public static class PrivateFile
{
    /// <summary>Creates an empty file with mode 0600. On Windows, the folder's permissions decide.</summary>
    /// <exception cref="IOException">The file already exists.</exception>
    public static void Create(string path) => Open(path).Dispose();

    /// <summary>Creates a file with mode 0600 and opens it for writing.</summary>
    /// <exception cref="IOException">The file already exists.</exception>
    public static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // Set when the file is made, so that there is no moment in which others can open it.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
