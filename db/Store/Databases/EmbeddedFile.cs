namespace HealthEquity.Store.Databases;

/// <summary>The default location of the embedded database.</summary>
internal static class EmbeddedFile
{
    /// <summary>
    /// In a checkout: <c>.data/directory.db</c> next to the solution, so that both programs share it and deleting the checkout deletes it.
    /// Elsewhere: the user's application data folder.
    /// </summary>
    public static string DefaultPath()
    {
        var folder = Path.Combine(Checkout() ?? ApplicationData(), Checkout() is null ? "HealthEquity" : ".data");
        System.IO.Directory.CreateDirectory(folder);
        return Path.Combine(folder, "directory.db");
    }

    private static string ApplicationData() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);

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
