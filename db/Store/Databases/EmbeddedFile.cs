namespace HealthEquity.Store.Databases;

/// <summary>The default location of the embedded database.</summary>
internal static class EmbeddedFile
{
    private const string FileName = "directory.db";

    /// <summary>
    /// In a checkout: <c>.data/directory.db</c> next to the solution, so that both programs share it and deleting the checkout deletes it.
    /// Elsewhere: the user's application data folder.
    /// </summary>
    public static string DefaultPath()
    {
        var folder = Folder(Environment.SpecialFolderOption.Create);
        System.IO.Directory.CreateDirectory(folder);
        return Path.Combine(folder, FileName);
    }

    /// <summary>Whether a file is the default one. Creates no folder.</summary>
    public static bool IsDefault(string file) =>
        Path.GetFullPath(file) == Path.GetFullPath(Path.Combine(Folder(Environment.SpecialFolderOption.DoNotVerify), FileName));

    private static string Folder(Environment.SpecialFolderOption option) => Checkout() is { } checkout
        ? Path.Combine(checkout, ".data")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, option), "HealthEquity");

    private static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HealthEquity.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
