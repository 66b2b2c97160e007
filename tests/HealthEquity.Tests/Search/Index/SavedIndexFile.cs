using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

/// <summary>A file with a saved directory, deleted with its folder.</summary>
internal sealed class SavedIndexFile : IDisposable
{
    public const string Key = "key";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-index-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "directory.index");

    /// <summary>Saves a directory and loads it into another node.</summary>
    public TestDirectory Restart(TestDirectory directory, DateOnly? today = null)
    {
        SavedDirectory.Save(directory.Current, Key, Path);
        var index = new DirectoryIndex(VocabularySet.Shipped, today ?? TestDirectory.Today);
        Assert.True(index.TryRestore(Path, Key, Rows(directory.Current)));
        return directory.On(index);
    }

    /// <summary>What the database would say of the directory.</summary>
    public static List<PublishedVersion> Rows(DirectorySnapshot snapshot) =>
    [
        .. snapshot.All().Select(e => new PublishedVersion { EntryId = e.Id, Sequence = e.Sequence }),
        .. snapshot.Withdrawn.Select(t => new PublishedVersion { EntryId = t.Id, Sequence = t.Sequence, IsWithdrawn = true }),
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
