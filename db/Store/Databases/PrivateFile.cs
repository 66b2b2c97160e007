namespace HealthEquity.Store.Databases;

/// <summary>Files that only the account of the program may read: databases, backups, copies, keys.</summary>
public static class PrivateFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Creates an empty file with mode 0600. On Windows, the folder's permissions decide.</summary>
    /// <exception cref="IOException">The file already exists.</exception>
    public static void Create(string path) => Open(path).Dispose();

    /// <summary>
    /// Takes everybody else's rights from a database and the files beside it that begin with its name: its log, its key file, backups
    /// and copies that an earlier version or another program made.
    /// </summary>
    /// <param name="database">The database's file. It may be missing.</param>
    public static void Tighten(string database)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(database))!);
        if (OperatingSystem.IsWindows() || !folder.Exists)
        {
            return;
        }

        foreach (var file in folder.EnumerateFiles(Path.GetFileNameWithoutExtension(database) + "*").Where(f => f.LinkTarget is null && (f.UnixFileMode & Others) != 0))
        {
            try
            {
                file.UnixFileMode &= ~Others;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Another account's file, or one that has just been deleted.
            }
        }
    }

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
