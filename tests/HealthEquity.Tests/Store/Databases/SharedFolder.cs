namespace HealthEquity.Tests.Store.Databases;

/// <summary>Real files and standards that may exist next to the checkout. Tests that need them are skipped if they don't.</summary>
internal static class SharedFolder
{
    /// <summary>The folder under "shared", or null if it does not exist next to the checkout.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", path);
            if (System.IO.Directory.Exists(found))
            {
                return found;
            }
        }

        return null;
    }
}
