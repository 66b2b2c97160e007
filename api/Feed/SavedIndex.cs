using HealthEquity.Search.Index;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Api.Feed;

/// <summary>
/// Keeps the index in a file between two starts of a node: reading it is several times faster than reading the words of every entry. Whatever is
/// wrong with the file, the node only starts more slowly.
/// </summary>
public sealed class SavedIndex(
    Database database, PublishedReader reader, PublishedDirectory directory, DirectoryFeedOptions options, TimeProvider clock, ILogger<SavedIndex> log)
{
    private readonly string? _file = options.SavedIndex is { } named ? (named.Length > 0 ? named : null) : database.FilePath is { } file ? file + ".index" : null;
    private (string Key, long Sequence)? _saved;
    private DateTimeOffset _triedAt = DateTimeOffset.MinValue;
    private Task _saving = Task.CompletedTask;

    /// <summary>Loads the file, if there is one that fits. Changes after it are still to be applied.</summary>
    /// <param name="key">What the index depends on besides the entries.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task RestoreAsync(string key, CancellationToken cancellation)
    {
        if (_file is null || !File.Exists(_file))
        {
            return;
        }

        var rows = await reader.VersionsAsync(cancellation);
        try
        {
            if (await Task.Run(() => directory.Index.TryRestore(_file, key, rows), cancellation))
            {
                _saved = (key, directory.Sequence);
                log.LogInformation("Read {Count} entries from {File}, as they were after change {Sequence}", directory.Current.Count, _file, directory.Sequence);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning("The saved index {File} could not be read ({Fault}). All entries are read again.", _file, fault.GetType().Name);
        }
    }

    /// <summary>
    /// Writes the file beside everything else, if the index has changed since and that was not just now. A file that is no longer worth it is
    /// deleted: it may hold what was withdrawn meanwhile.
    /// </summary>
    /// <param name="key">What the index depends on besides the entries.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public void SaveIfDue(string key, CancellationToken cancellation)
    {
        var (snapshot, now) = (directory.Current, clock.GetUtcNow());
        if (_file is not null && _saving.IsCompleted && _saved != (key, snapshot.Sequence) && (now - _triedAt).Duration() >= options.SaveInterval)
        {
            _triedAt = now;
            _saving = Task.Run(() => Save(snapshot, key, _file), cancellation);
        }
    }

    private void Save(DirectorySnapshot snapshot, string key, string file)
    {
        try
        {
            if (snapshot.Count >= options.SavedFrom && snapshot.LeftOut.Count == 0)
            {
                SavedDirectory.Save(snapshot, key, file);
            }
            else
            {
                File.Delete(file);
            }

            _saved = (key, snapshot.Sequence);
        }
        catch (Exception fault)
        {
            log.LogWarning("The index could not be saved to {File} ({Fault}). The next start reads all entries again.", file, fault.GetType().Name);
        }
    }
}
