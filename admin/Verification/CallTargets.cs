using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Admin.Verification;

/// <summary>
/// What a value typed on the call screen replaces. An entry with several numbers or addresses never loses one of them to a value that was
/// meant for another.
/// </summary>
public static class CallTargets
{
    /// <summary>The code for a value that is added to the others.</summary>
    public const string New = "new";

    /// <summary>The choices for a group; empty if there is nothing to choose.</summary>
    public static IReadOnlyList<FormOption> Of(string group, ServiceEntry? entry, VocabularySet vocabularies) => (group, entry) switch
    {
        ("phone", not null) when PhonesOf(entry).Any() =>
            [.. PhonesOf(entry).Select(p => new FormOption(CodeOf(p), $"Replaces {Number(p)}{(p.Type == "voice" ? "" : $" ({TypeOf(p, vocabularies)})")}", null)).DistinctBy(o => o.Code), new(New, "One more number", null)],
        ("place", { Locations.Count: > 1 }) =>
            [.. entry.Locations.Where(l => l.Visibility == Visibility.Public).Select(CallGroup.PlaceLine).Where(l => l.Length > 0).Distinct().Select(l => new FormOption(l, $"Replaces {l}", null))],
        _ => [],
    };

    /// <summary>The phones of an entry and of its locations, in the order in which they are shown.</summary>
    public static IEnumerable<Phone> PhonesOf(ServiceEntry entry) => entry.Phones.Concat(entry.Locations.SelectMany(l => l.Phones));

    /// <summary>A phone number for people, with its extension.</summary>
    public static string Number(Phone phone) => DisplayFormat.Phone(phone.Number) + (phone.Extension is { Length: > 0 } extension ? $" ext. {extension}" : "");

    /// <summary>The type of a phone for people, such as "Text message".</summary>
    public static string TypeOf(Phone phone, VocabularySet vocabularies) => vocabularies.Find(VocabularyNames.PhoneType, phone.Type)?.Label ?? phone.Type;

    /// <summary>Returns the entry with a changed or an additional phone.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="target">The code of the phone to change, or <see cref="New"/>; empty for the only one.</param>
    /// <param name="change">Changes the phone.</param>
    /// <exception cref="CellException">The entry has several phones and none was chosen, or the chosen one is not there anymore.</exception>
    public static ServiceEntry WithPhone(ServiceEntry entry, string target, Func<Phone, Phone> change)
    {
        var phones = PhonesOf(entry).ToList();
        if (phones.Count == 0 || target == New)
        {
            return entry with { Phones = [.. entry.Phones, change(new Phone { Number = "" })] };
        }

        if (phones.Count > 1 && target.Length == 0)
        {
            throw new CellException("Which number does it replace?", "Choose it next to the new number.");
        }

        // A draft may have changed the only number since the public version.
        var old = phones.Find(p => CodeOf(p) == target) ?? (phones.Count == 1 ? phones[0] : throw Gone("number"));
        Phone Changed(Phone phone) => ReferenceEquals(phone, old) ? change(phone) : phone;
        return entry with
        {
            Phones = [.. entry.Phones.Select(Changed)],
            Locations = [.. entry.Locations.Select(l => l with { Phones = [.. l.Phones.Select(Changed)] })],
        };
    }

    /// <summary>Returns the entry with a changed place.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="target">The address to change; empty for the only one.</param>
    /// <param name="change">Changes the place.</param>
    /// <exception cref="CellException">The entry has several places and none was chosen, or the chosen one is not there anymore.</exception>
    public static ServiceEntry WithPlace(ServiceEntry entry, string target, Func<Location, Location> change)
    {
        if (entry.Locations.Count > 1 && target.Length == 0)
        {
            throw new CellException("Which address does it replace?", "Choose it next to the new address.");
        }

        var old = target.Length == 0 ? entry.Locations[0]
            : entry.Locations.FirstOrDefault(l => l.Visibility == Visibility.Public && CallGroup.PlaceLine(l) == target) ?? throw Gone("address");
        return entry with { Locations = [.. entry.Locations.Select(l => ReferenceEquals(l, old) ? change(l) : l)] };
    }

    private static string CodeOf(Phone phone) => $"{phone.Type}:{phone.Number}:{phone.Extension}";

    private static CellException Gone(string what) => new($"The newest draft no longer has this {what}.", "Correct it in the entry's form.");
}
