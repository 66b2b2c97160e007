using System.Collections.Concurrent;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Text;
using HealthEquity.Search.Times;

namespace HealthEquity.Search.Index;

/// <summary>
/// All indexed data of entries, by ordinal. A new version of an entry gets a new ordinal, and the old one is dead. So columns are append-only,
/// snapshots share them, and a change costs only one entry.
/// </summary>
internal sealed class IndexColumns
{
    /// <summary>The day number for "never verified" and "no due date".</summary>
    public const int NoDay = 0;

    private readonly FieldColumn[] _fields = [.. SearchFields.All.Select(f => new FieldColumn(hasManyValues: f.Codes == FieldCodes.County))];

    /// <summary>Creates empty columns.</summary>
    public IndexColumns(VocabularySet vocabularies)
    {
        Vocabularies = vocabularies;
        Labels = new VocabularyLabels(vocabularies);
        Served = new ServedPlaces(Points);
    }

    /// <summary>The vocabularies used to read the entries.</summary>
    public VocabularySet Vocabularies { get; }

    /// <summary>The labels of the vocabularies' terms.</summary>
    public VocabularyLabels Labels { get; }

    /// <summary>The terms.</summary>
    public TextIndex Text { get; } = new();

    /// <summary>Idle text readers, kept because their caches of labels are worth reusing.</summary>
    public ConcurrentBag<EntryText> Readers { get; } = [];

    /// <summary>The coordinates.</summary>
    public PointColumn Points { get; } = new();

    /// <summary>Which entries serve which ZIP codes.</summary>
    public ServedPlaces Served { get; }

    /// <summary>Opening hours.</summary>
    public OpeningColumn Opening { get; } = new();

    /// <summary>The dates of events, with the ordinal of each.</summary>
    public AppendList<(int Ordinal, EventDays Days)> Events { get; } = new();

    /// <summary>Day numbers of the last verifications.</summary>
    public AppendList<int> Assured { get; private set; } = new();

    /// <summary>Day numbers of due dates.</summary>
    public AppendList<int> CheckDue { get; private set; } = new();

    /// <summary>Youngest and oldest ages served.</summary>
    public AppendList<(byte Youngest, byte Oldest)> Ages { get; private set; } = new();

    /// <summary>Sort keys of names.</summary>
    public AppendList<byte[]> NameKeys { get; private set; } = new();

    /// <summary>Entries by city, such as "Miami, FL".</summary>
    public FieldColumn Cities { get; } = new();

    /// <summary>The number of ordinals.</summary>
    public int Count => NameKeys.Count;

    /// <summary>The column of a field.</summary>
    public FieldColumn Field(SearchField field) => _fields[field.Number];

    /// <summary>Appends an entry without its terms, and returns the entry to serve.</summary>
    public IndexedEntry Add(EntryDraft draft, DateOnly today)
    {
        var (ordinal, entry) = (Count, draft.Entry);
        foreach (var (field, value) in draft.Fields)
        {
            Field(field).Add(value, ordinal);
        }

        AddPlaces(ordinal, entry);
        Opening.Add(HoursOf(entry));
        if (draft.Days is { } days)
        {
            Events.Add((ordinal, days));
        }

        var eligibility = (entry as ServiceEntry)?.Eligibility;
        Ages.Add(((byte)Math.Clamp(eligibility?.MinimumAge ?? 0, 0, 255), (byte)Math.Clamp(eligibility?.MaximumAge ?? 255, 0, 255)));
        Assured.Add(draft.AssuredOn?.DayNumber ?? NoDay);
        CheckDue.Add(entry.CheckDueOn?.DayNumber ?? NoDay);
        NameKeys.Add(draft.NameKey);
        var served = new IndexedEntry
        {
            Id = draft.Id,
            Kind = entry.Kind,
            Slug = draft.Slug,
            Name = entry.Name,
            Sequence = draft.Sequence,
            ChangedAt = draft.ChangedAt,
            Body = draft.Body,
            FormerSlugs = [.. (entry.FormerSlugs ?? []).OfType<string>()],
        };
        return IsOverdue(ordinal, today) ? served.Marked(overdue: true) : served;
    }

    /// <summary>Writes the data of live entries.</summary>
    public void Save(ColumnWriter file)
    {
        Text.Save(file);
        foreach (var field in _fields)
        {
            field.Save(file);
        }

        Cities.Save(file);
        Points.Save(file);
        Served.Save(file);
        Opening.Save(file);
        file.WriteByOrdinal(Assured.Items);
        file.WriteByOrdinal(CheckDue.Items);
        file.WriteByOrdinal(Ages.Items);
        foreach (var (ordinal, days) in Events.Items)
        {
            if (file.Number(ordinal) is >= 0 and var number)
            {
                file.Write(number + 1);
                days.Save(file);
            }
        }

        file.Write(0);
        for (var ordinal = 0; ordinal < NameKeys.Count; ordinal++)
        {
            if (file.Number(ordinal) >= 0)
            {
                file.WriteAll<byte>(NameKeys[ordinal]);
            }
        }
    }

    /// <summary>Reads what was written into these empty columns.</summary>
    public void Load(ColumnReader file)
    {
        Text.Load(file);
        foreach (var field in _fields)
        {
            field.Load(file);
        }

        Cities.Load(file);
        Points.Load(file);
        Served.Load(file);
        Opening.Load(file);
        Assured = AppendList<int>.Of(file.ReadAll<int>());
        CheckDue = AppendList<int>.Of(file.ReadAll<int>());
        Ages = AppendList<(byte Youngest, byte Oldest)>.Of(file.ReadAll<(byte Youngest, byte Oldest)>());
        while (file.ReadInt32() is > 0 and var next)
        {
            Events.Add((next - 1, new EventDays(file)));
        }

        var keys = new byte[Assured.Count][];
        for (var ordinal = 0; ordinal < keys.Length; ordinal++)
        {
            keys[ordinal] = file.ReadAll<byte>();
        }

        NameKeys = AppendList<byte[]>.Of(keys);
    }

    /// <summary>Lets go of what only makes reading thousands of entries faster. The next change reads its words anew.</summary>
    public void ForgetReaders()
    {
        Text.ForgetWords();
        Readers.Clear();
    }

    /// <summary>Fills the columns that have one item per ordinal, after an entry could be appended only in part.</summary>
    public void FillTo(int count)
    {
        Points.FillTo(count);
        Opening.FillTo(count);
        Fill(Ages, ((byte)0, byte.MaxValue));
        Fill(Assured, NoDay);
        Fill(CheckDue, NoDay);
        Fill(NameKeys, Array.Empty<byte>());

        void Fill<T>(AppendList<T> column, T nothing)
        {
            while (column.Count < count)
            {
                column.Add(nothing);
            }
        }
    }

    /// <summary>True if the entry's due date has passed.</summary>
    public bool IsOverdue(int ordinal, DateOnly today) => CheckDue[ordinal] is not NoDay and var due && due < today.DayNumber;

    /// <summary>Opening hours; for an attorney without them, the intake hours.</summary>
    private static Hours? HoursOf(Entry entry) =>
        (entry as ServiceEntry)?.Hours ?? (entry as Attorney)?.IntakeHours;

    private void AddPlaces(int ordinal, Entry entry)
    {
        foreach (var place in FieldReading.PlacesOf(entry))
        {
            if (place is { Latitude: { } latitude, Longitude: { } longitude })
            {
                Points.Add(ordinal, new GeoPoint(latitude, longitude));
            }
            else if (place.Country == "US" && ZipCodes.TryGet(place.PostalCode, out var zip))
            {
                Points.Add(ordinal, new GeoPoint(zip.Latitude, zip.Longitude));
            }

            if (place is { City: { } city, StateProvince: { } state })
            {
                Cities.Add($"{city}, {state}", ordinal);
            }
        }

        Points.FillTo(ordinal + 1);
        Served.Add(ordinal, entry);
    }
}
