using System.Globalization;
using System.Security.Cryptography;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>
/// A directory in a file, so that a node needn't read each entry's words again when it starts. It contains what is public and nothing else,
/// and is not used when anything that it was made of may have changed: it can be deleted at any time.
/// </summary>
public static class SavedDirectory
{
    private const int BufferSize = 128 * 1024;

    // The code that reads entries, and what it sorts names with.
    private static readonly string Code = string.Join(
        ' ',
        typeof(SavedDirectory).Assembly.ManifestModule.ModuleVersionId,
        typeof(Entry).Assembly.ManifestModule.ModuleVersionId,
        CultureInfo.InvariantCulture.CompareInfo.Version.SortId,
        CultureInfo.InvariantCulture.CompareInfo.Version.FullVersion);

    /// <summary>Like the database that it stands beside, the file is for its owner alone.</summary>
    private static FileStreamOptions Unfinished
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = BufferSize };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return options;
        }
    }

    /// <summary>Writes a snapshot to a file, and replaces the one that is there at once.</summary>
    /// <param name="snapshot">The directory.</param>
    /// <param name="key">What it depends on besides the entries.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="IOException">The file can't be written, or another process is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written to.</exception>
    public static void Save(DirectorySnapshot snapshot, string key, string file)
    {
        var (unfinished, isOurs) = (file + ".new", false);
        try
        {
            using (var stream = new FileStream(unfinished, Unfinished))
            {
                isOurs = true;
                Write(snapshot, key, stream);
            }

            File.Move(unfinished, file, overwrite: true);
        }
        catch when (isOurs)
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Reads a file; null if there is none, if it is damaged, or if it was made of anything else.</summary>
    internal static DirectoryState? Load(string file, string key, VocabularySet vocabularies, DateOnly today)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize);
        var hash = new byte[SHA256.HashSizeInBytes];
        if (stream.ReadAtLeast(hash, hash.Length, throwOnEndOfStream: false) < hash.Length || !SHA256.HashData(stream).AsSpan().SequenceEqual(hash))
        {
            return null;
        }

        stream.Position = hash.Length;
        using var input = new ColumnReader(stream);
        return input.ReadString() == Code && input.ReadString() == key ? Load(input, new IndexColumns(vocabularies), today) : null;
    }

    private static void Write(DirectorySnapshot snapshot, string key, FileStream stream)
    {
        stream.Write(new byte[SHA256.HashSizeInBytes]);
        using (var output = new ColumnWriter(stream, snapshot.Alive))
        {
            output.Write(Code);
            output.Write(key);
            Save(snapshot.State, output);
        }

        stream.Position = SHA256.HashSizeInBytes;
        var hash = SHA256.HashData(stream);
        stream.Position = 0;
        stream.Write(hash);
        stream.Flush(flushToDisk: true);
    }

    private static void Save(DirectoryState state, ColumnWriter file)
    {
        file.Write(state.Sequence);
        file.WriteValue(state.Epoch);
        state.Columns.Save(file);
        foreach (var ordinal in Bitmap.Each(state.Alive))
        {
            Save(state.Entries[ordinal], file);
        }

        foreach (var (slug, ordinal) in state.Slugs.Where(s => file.Number(s.Value) >= 0))
        {
            file.Write(slug);
            file.Write(file.Number(ordinal));
        }

        file.Write("");
        file.Write(state.Withdrawn.Count);
        foreach (var tombstone in state.Withdrawn.Values)
        {
            Save(tombstone, file);
        }

        file.WriteAll<int>(file.Numbers(state.NameOrder));
        file.WriteAll<int>(file.Numbers(state.VerifiedOrder));
    }

    private static DirectoryState Load(ColumnReader file, IndexColumns columns, DateOnly today)
    {
        var (sequence, epoch) = (file.ReadInt64(), file.ReadValue<Guid>());
        columns.Load(file);
        var entries = new IndexedEntry[columns.Count];
        for (var ordinal = 0; ordinal < entries.Length; ordinal++)
        {
            var entry = LoadEntry(file);
            entries[ordinal] = columns.IsOverdue(ordinal, today) ? entry.Marked(overdue: true) : entry;
        }

        var slugs = new List<KeyValuePair<string, int>>(entries.Length);
        while (file.ReadString() is { Length: > 0 } slug)
        {
            slugs.Add(new(slug, file.ReadInt32()));
        }

        var withdrawn = new Tombstone[file.ReadInt32()];
        for (var i = 0; i < withdrawn.Length; i++)
        {
            withdrawn[i] = LoadTombstone(file);
        }

        var empty = DirectoryState.Empty(columns);
        return empty with
        {
            Entries = AppendList<IndexedEntry>.Of(entries),
            Alive = All(entries.Length),
            Ordinals = entries.Length,
            Sequence = sequence,
            Epoch = epoch,
            Ids = empty.Ids.AddRange(entries.Select((e, ordinal) => KeyValuePair.Create(e.Id, ordinal))),
            Slugs = empty.Slugs.AddRange(slugs),
            Withdrawn = empty.Withdrawn.AddRange(withdrawn.Select(t => KeyValuePair.Create(t.Id, t))),
            WithdrawnSlugs = empty.WithdrawnSlugs.SetItems(withdrawn.OrderBy(t => t.Sequence).Select(t => KeyValuePair.Create(t.Slug, t.Id))),
            NameOrder = file.ReadAll<int>(),
            VerifiedOrder = file.ReadAll<int>(),
        };
    }

    private static void Save(IndexedEntry entry, ColumnWriter file)
    {
        file.WriteValue(entry.Id);
        file.Write((int)entry.Kind);
        file.Write(entry.Slug);
        file.Write(entry.Name);
        file.Write(entry.Sequence);
        file.Write(entry.ChangedAt.UtcTicks);
        file.WriteAll(entry.PublishedBody.Span);
        file.Write(entry.FormerSlugs.Count);
        foreach (var slug in entry.FormerSlugs)
        {
            file.Write(slug);
        }
    }

    private static IndexedEntry LoadEntry(ColumnReader file) => new()
    {
        Id = file.ReadValue<Guid>(),
        Kind = (EntryKind)file.ReadInt32(),
        Slug = file.ReadString(),
        Name = file.ReadString(),
        Sequence = file.ReadInt64(),
        ChangedAt = new DateTimeOffset(file.ReadInt64(), TimeSpan.Zero),
        Body = file.ReadAll<byte>(),
        FormerSlugs = LoadSlugs(file),
    };

    private static string[] LoadSlugs(ColumnReader file)
    {
        var slugs = new string[file.ReadInt32()];
        for (var i = 0; i < slugs.Length; i++)
        {
            slugs[i] = file.ReadString();
        }

        return slugs;
    }

    private static void Save(Tombstone tombstone, ColumnWriter file)
    {
        file.WriteValue(tombstone.Id);
        file.Write((int)tombstone.Kind);
        file.Write(tombstone.Slug);
        file.Write(tombstone.Sequence);
        file.Write(tombstone.WithdrawnAt.UtcTicks);
        file.WriteValue(tombstone.MergedInto ?? Guid.Empty);
    }

    private static Tombstone LoadTombstone(ColumnReader file) => new(
        file.ReadValue<Guid>(),
        (EntryKind)file.ReadInt32(),
        file.ReadString(),
        file.ReadInt64(),
        new DateTimeOffset(file.ReadInt64(), TimeSpan.Zero),
        file.ReadValue<Guid>() is var into && into != Guid.Empty ? into : null);

    private static ulong[] All(int count)
    {
        var words = new ulong[Bitmap.Words(count)];
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            Bitmap.Set(words, ordinal);
        }

        return words;
    }
}
