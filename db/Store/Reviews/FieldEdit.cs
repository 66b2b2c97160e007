using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Reviews;

/// <summary>An edit of one simple field: a value is added, removed, or set.</summary>
/// <param name="Field">tags, languages, cost, immigration, or availability.</param>
/// <param name="How">add, remove, or set.</param>
/// <param name="Value">The code.</param>
public sealed record FieldEdit(string Field, string How, string Value)
{
    /// <summary>The tags of an entry: add, remove.</summary>
    public const string Tags = "tags";

    /// <summary>The languages of a service: add, remove.</summary>
    public const string Languages = "languages";

    /// <summary>The payment options of a service: add, remove.</summary>
    public const string Cost = "cost";

    /// <summary>Whether immigration status matters: set, with the evidence.</summary>
    public const string Immigration = "immigration";

    /// <summary>Whether new clients are accepted: set, as of today.</summary>
    public const string Availability = "availability";

    private const string Add = "add";

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web);

    /// <summary>How the new value is known; needed for immigration status.</summary>
    public string? Evidence { get; init; }

    /// <summary>The edit in words, such as "Add tag “Sample”"; the note of each revision.</summary>
    public string Label { get; init; } = "";

    /// <summary>Reads an edit from "field:how:value"; null if it is none.</summary>
    public static FieldEdit? Parse(string? text) => text?.Split(':', 3) is [var field, var how, { Length: > 0 } value]
        && (field, how) is (Tags or Languages or Cost, Add or "remove") or (Immigration or Availability, "set")
            ? new FieldEdit(field, how, value)
            : null;

    /// <summary>The parameter of a bulk change.</summary>
    public string Write() => JsonSerializer.Serialize(this, Written);

    /// <summary>Reads the parameter of a bulk change.</summary>
    public static FieldEdit Read(string parameter) => JsonSerializer.Deserialize<FieldEdit>(parameter, Written)!;

    /// <summary>The entry after the edit.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="today">The current date.</param>
    /// <exception cref="RefusedException">This kind of entry has no such field, or there is nothing to change.</exception>
    public Entry Apply(Entry entry, DateOnly today)
    {
        var edited = Field == Tags ? entry with { Tags = Changed(entry.Tags) }
            : entry is ServiceEntry service ? Apply(service, today)
            : throw new RefusedException("This kind of entry has no such field.");
        return EntryJson.Write(edited) == EntryJson.Write(entry) ? throw new RefusedException("Nothing to change: it is so already.") : edited;
    }

    private ServiceEntry Apply(ServiceEntry entry, DateOnly today) => Field switch
    {
        Languages when How == Add => entry.Languages.Any(l => l.Language == Value)
            ? entry
            : entry with { Languages = [.. entry.Languages, new LanguageOffered { Language = Value }] },
        Languages => entry with { Languages = [.. entry.Languages.Where(l => l.Language != Value)] },
        Cost when How == Add || entry.Cost is not null => entry with { Cost = (entry.Cost ?? new Directory.Entries.Cost()) with { Options = Changed(entry.Cost?.Options ?? []) } },
        Immigration => entry with
        {
            Eligibility = (entry.Eligibility ?? new Eligibility()) with { ImmigrationStatus = Value, ImmigrationStatusEvidence = Evidence ?? entry.Eligibility?.ImmigrationStatusEvidence },
        },
        Availability when entry.Capacity?.Status != Value || entry.Capacity.AsOf != today => entry with { Capacity = new Capacity { Status = Value, AsOf = today } },
        _ => entry,
    };

    private IReadOnlyList<string> Changed(IReadOnlyList<string> codes) => How == Add
        ? codes.Contains(Value) ? codes : [.. codes, Value]
        : [.. codes.Where(c => c != Value)];
}
