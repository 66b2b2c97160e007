using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Columns;

/// <summary>
/// The fields that a column can map to, by kind. Not included are fields that no file may set: the assured date and published data (an import is
/// not a verification), consent to be listed (which people give one by one), and the slug.
/// </summary>
public static class ImportTargets
{
    private const int MaxLocations = 3;
    private const int MaxCredentials = 2;
    private const string OneLine = "\"oneLine\"";

    private static readonly IReadOnlyList<ImportTarget> Shared = [.. About(), .. Contact(), .. Enumerable.Range(1, MaxLocations).SelectMany(Place), .. Service(), .. Editorial()];

    // Fields of entries that are not services, without first name and phone.
    private static readonly IReadOnlyList<ImportTarget> Common = [.. About().Where(t => t.Code is not ("firstName" or "lastName"))];

    private static readonly Dictionary<EntryKind, IReadOnlyList<ImportTarget>> ByKind = new()
    {
        [EntryKind.Provider] = [.. Provider(), .. Shared],
        [EntryKind.Attorney] = [.. Attorney(), .. Shared],
        [EntryKind.Organization] = [.. Organization(), .. Shared],
        [EntryKind.PolicyAction] = [.. Common, .. PolicyAction(), .. Editorial()],
        [EntryKind.Material] = [.. Common, .. Material(), .. Editorial()],
        [EntryKind.Event] = [.. Common, .. Event(), .. Place(1), .. Editorial()],
    };

    /// <summary>The kinds that support column mappings.</summary>
    public static IReadOnlyList<EntryKind> Kinds { get; } = [.. ByKind.Keys];

    /// <summary>The fields of a kind, in display order.</summary>
    /// <exception cref="MappingException">The kind needs a mapping file.</exception>
    public static IReadOnlyList<ImportTarget> Of(EntryKind kind) => ByKind.TryGetValue(kind, out var targets)
        ? targets
        : throw new MappingException("kind", $"column mappings support {string.Join(", ", Kinds.Select(k => k.Code()))}. Other kinds need a mapping file.");

    /// <summary>The field with a code; null if the kind has none.</summary>
    public static ImportTarget? Find(EntryKind kind, string? code) => ByKind.GetValueOrDefault(kind)?.FirstOrDefault(t => t.Code == code);

    private static IEnumerable<ImportTarget> About() =>
    [
        Text("name", "Name", "About", " ") with { IsNeeded = true, As = OneLine },
        Text("firstName", "First name", "About", " ") with { IsNeeded = true },
        Text("lastName", "Last name", "About", " ") with { IsNeeded = true },
        List("alternateNames", "Other names", "About", """[{"split": ";"}, "oneLine"]"""),
        Text("summary", "Summary", "About", " ") with { As = """["oneLine", {"limit": 300}]""", Hint = "One or two sentences. Longer text is cut at 300 characters." },
        Text("description", "Description", "About", "\n\n"),
        Terms("tags", "Tags", "About", VocabularyNames.Tag),
    ];

    private static IEnumerable<ImportTarget> Contact() =>
    [
        Phone("phones", "Phone", "{}") with { Hint = "A cell can have several: \"303-555-0100 (office); 303-555-0101 x4\"." },
        new("phones.extension", "Extension of the phone", "Contact"),
        Phone("phones.intake", "Phone for new clients", """{"label": "intake"}"""),
        Phone("phones.afterHours", "Phone after hours", """{"label": "after hours"}"""),
        Phone("phones.tollFree", "Toll-free phone", """{"label": "toll-free"}"""),
        Phone("phones.hotline", "Hotline", """{"type": "hotline"}"""),
        Phone("phones.text", "Phone for text messages", """{"type": "text"}"""),
        Phone("phones.whatsapp", "WhatsApp", """{"type": "whatsapp"}"""),
        Phone("phones.fax", "Fax", """{"type": "fax"}"""),
        Phone("phones.tty", "TTY", """{"type": "tty"}"""),
        List("emails", "Email", "Contact", "\"emails\""),
        Single("website", "Website", "Contact", "\"url\""),
    ];

    private static IEnumerable<ImportTarget> Place(int number)
    {
        var group = number == 1 ? "Location" : $"Location {number}";
        ImportTarget Of(string member, string label, string? transforms = OneLine) =>
            new($"locations.{number}.{member}", number == 1 ? label : $"{label} ({number})", group) { As = transforms };
        return
        [
            Of("address", "Complete address in one cell", null) with { Hint = "\"401 NE 4th Street, Fort Lauderdale, FL 33301\"" },
            Of("address1", "Street") with { Join = TargetJoin.Text, Separator = ", " },
            Of("address2", "Suite, floor, building") with { Join = TargetJoin.Text, Separator = ", " },
            Of("city", "City"),
            Of("county", "County"),
            Of("stateProvince", "State", "\"state\"") with { Hint = "A code or a name: \"FL\", \"Florida\"." },
            Of("postalCode", "ZIP code", "\"zip\"") with { Hint = "Leading zeros that a spreadsheet dropped are restored." },
            Of("plus4", "Last four digits of the ZIP code", null),
            Of("latitude", "Latitude", "\"coordinate\""),
            Of("longitude", "Longitude", "\"coordinate\""),
            Of("name", "Name of the location"),
            Of("transit", "Directions and transit", null),
            Of("accessibility", "Accessibility", TermsOf(VocabularyNames.Accessibility)) with { Join = TargetJoin.List },
            Of("confidential", "Address is confidential", null) with { Hint = "\"Yes\" keeps the location private. \"No\" or an empty cell publishes it." },
        ];
    }

    private static IEnumerable<ImportTarget> Service() =>
    [
        Single("hours", "Hours", "Hours", null) with { Hint = "\"M-F 8:30am-5pm; Sat 9-12\". Text that can't be read becomes a note." },
        .. Enum.GetValues<DayOfWeek>().OrderBy(d => ((int)d + 6) % 7)
            .Select(d => Single($"hours.{d.ToString().ToLowerInvariant()}", $"Hours on {d}", "Hours", null)),
        Text("hours.note", "Note on hours", "Hours", "; ") with { As = OneLine },
        List("languages", "Languages", "Languages", "\"languages\"") with { Hint = "\"Spanish; Haitian Creole (interpreter)\"" },
        .. new[] { ("es", "Spanish"), ("ht", "Haitian Creole"), ("fr", "French"), ("pt", "Portuguese"), ("zh", "Chinese"), ("vi", "Vietnamese"), ("ar", "Arabic"), ("ase", "American Sign Language") }
            .Select(l => Flag($"languages.{l.Item1}", $"{l.Item2} spoken (yes or no)", "Languages", "languages", $$"""{"language": "{{l.Item1}}"}""")),
        Terms("cost.options", "Cost and insurance", "Cost", VocabularyNames.Cost),
        .. new[] { ("free", "Free"), ("slidingScale", "Sliding scale"), ("medicaid", "Medicaid"), ("medicare", "Medicare"), ("uninsuredWelcome", "Uninsured welcome"), ("privateInsurance", "Private insurance") }
            .Select(c => Flag($"cost.{c.Item1}", $"{c.Item2} (yes or no)", "Cost", "cost.options", $"\"{c.Item1}\"")),
        List("cost.insurers", "Insurers", "Cost", """[{"split": ";"}, {"split": ","}, "oneLine"]"""),
        Single("cost.feeMinimum", "Lowest fee", "Cost", "\"number\""),
        Single("cost.feeMaximum", "Highest fee", "Cost", "\"number\""),
        Text("cost.note", "Note on cost", "Cost", "\n"),
        Single("serviceArea.nationwide", "Serves the whole country (yes or no)", "Clients", null) with { Yes = "true" },
        List("serviceArea.states", "States served", "Clients", """[{"split": ";"}, {"split": ","}, "state"]"""),
        List("serviceArea.counties", "Counties served", "Clients", null),
        List("serviceArea.zipCodes", "ZIP codes served", "Clients", """[{"split": ";"}, {"split": ","}, "zip"]"""),
        Text("serviceArea.note", "Note on the service area", "Clients", "\n"),
        Single("eligibility.minimumAge", "Minimum age", "Clients", "\"number\""),
        Single("eligibility.maximumAge", "Maximum age", "Clients", "\"number\""),
        Terms("eligibility.populations", "Groups served", "Clients", VocabularyNames.Population),
        Terms("eligibility.documentsRequired", "Required documents", "Clients", VocabularyNames.RequiredDocument),
        Term("eligibility.immigrationStatus", "Immigration status policy", "Clients", VocabularyNames.ImmigrationStatus) with { Hint = "Requires a column with the evidence." },
        Text("eligibility.immigrationStatusEvidence", "Evidence for the status policy", "Clients", "\n"),
        Text("eligibility.note", "Note on eligibility", "Clients", "\n"),
        Term("capacity.status", "Accepting new clients", "Clients", VocabularyNames.Capacity) with { Hint = "\"Yes\", \"waiting list\" or \"full\", as of the date when the source was retrieved." },
        Term("remoteService.offered", "Video or phone (yes or no)", "Clients", VocabularyNames.Availability),
    ];

    private static IEnumerable<ImportTarget> Provider() =>
    [
        Term("providerType", "Provider type", "Credentials", VocabularyNames.ProviderType),
        Single("npi", "NPI", "Credentials", "\"npi\""),
        .. Enumerable.Range(1, MaxCredentials).SelectMany(n => Credential("licenses", "License", n,
        [
            ("number", "number", OneLine),
            ("type", "type", TermOf(VocabularyNames.LicenseType)),
            ("state", "state", "\"state\""),
            ("status", "status", TermOf(VocabularyNames.LicenseStatus)),
            ("expiresOn", "expires on", "\"day\""),
        ])),
        Terms("modalities", "Modalities", "Services", VocabularyNames.Modality),
        Terms("specialties", "Specialties", "Services", VocabularyNames.Specialty),
        Terms("evaluations", "Immigration evaluations", "Services", VocabularyNames.Evaluation),
    ];

    private static IEnumerable<ImportTarget> Attorney() =>
    [
        Term("attorneyType", "Attorney type", "Credentials", VocabularyNames.AttorneyType),
        .. Enumerable.Range(1, MaxCredentials).SelectMany(n => Credential("barAdmissions", "Bar", n,
        [
            ("number", "number", OneLine),
            ("state", "state", "\"state\""),
            ("standing", "standing", TermOf(VocabularyNames.BarStanding)),
        ])),
        Term("dojAccreditation.level", "DOJ accreditation", "Credentials", VocabularyNames.DojAccreditation),
        Single("dojAccreditation.expiresOn", "DOJ accreditation expires on", "Credentials", "\"day\""),
        Single("recognizedOrganization", "Recognized organization", "Credentials", OneLine),
        Terms("practiceAreas", "Practice areas", "Services", VocabularyNames.PracticeArea),
        Terms("help", "Kinds of help", "Services", VocabularyNames.Help),
        Term("detainedDocket", "Takes detained cases (yes or no)", "Services", VocabularyNames.Availability),
        Terms("courts", "Immigration courts", "Services", VocabularyNames.Court),
        List("detentionCenters", "Detention centers", "Services", """[{"split": ";"}, "oneLine"]"""),
        Text("intakePolicy", "Intake policy", "Services", "\n"),
    ];

    private static IEnumerable<ImportTarget> Organization() =>
    [
        Term("organizationType", "Organization type", "Services", VocabularyNames.OrganizationType),
        Terms("functions", "Services", "Services", VocabularyNames.OrganizationFunction),
        Single("ein", "EIN", "Credentials", "\"ein\""),
        Single("legalStatus", "Legal status", "Credentials", OneLine),
        Single("yearIncorporated", "Year founded", "Credentials", "\"number\""),
    ];

    private static IEnumerable<ImportTarget> Material() =>
    [
        Term("materialType", "Type of material", "Material", VocabularyNames.MaterialType) with { IsNeeded = true },
        Terms("audiences", "Audience", "Material", VocabularyNames.Audience),
        Single("publisher", "Publisher", "Material", OneLine),
        Single("license", "Terms of use", "Material", OneLine) with { Hint = "\"CC-BY-4.0\", \"ask the publisher\"" },
        Single("editions.1.language", "Language", "Edition", "\"language\"") with { IsNeeded = true, Hint = "One edition per row. Rows with the same name are one material. English by default." },
        Single("editions.1.title", "Title in that language", "Edition", OneLine) with { Hint = "The name by default." },
        Single("editions.1.url", "Web address of the edition", "Edition", "\"url\""),
        Single("editions.1.text", "Text of the edition", "Edition", null),
        Single("editions.1.format", "Format", "Edition", TermOf(VocabularyNames.MaterialFormat)),
        Single("editions.1.reviewedOn", "Reviewed on", "Edition", "\"day\""),
    ];

    private static IEnumerable<ImportTarget> Event() =>
    [
        Term("eventType", "Type of event", "Event", VocabularyNames.EventType) with { IsNeeded = true },
        Single("startsAt", "Start date and time in one cell", "When", null) with { Hint = "\"3/1/2026 6:30 PM\", local time" },
        Single("startsOn", "Start date", "When", null),
        Single("startTime", "Start time", "When", null) with { Hint = "An event without a start time lasts all day." },
        Single("endsAt", "End date and time in one cell", "When", null),
        Single("endsOn", "End date", "When", null),
        Single("endTime", "End time", "When", null),
        Single("timeZone", "Time zone", "When", null) with { Hint = "\"Eastern\", \"America/New_York\". The zone of the location by default." },
        Single("url", "Web address", "Event", "\"url\""),
        Single("host", "Host", "Event", OneLine),
        Single("registrationUrl", "Registration web address", "Event", "\"url\""),
        List("languages", "Languages", "Event", """[{"split": ";"}, {"split": ","}, "language"]"""),
    ];

    private static IEnumerable<ImportTarget> PolicyAction() =>
    [
        Term("theme", "Theme", "Policy", VocabularyNames.PolicyTheme) with { IsNeeded = true },
        Terms("actors", "Who can act", "Policy", VocabularyNames.PolicyActor),
        Term("instrument", "Instrument", "Policy", VocabularyNames.PolicyInstrument),
        Term("direction", "Direction", "Policy", VocabularyNames.PolicyDirection) with { Hint = "Protective by default." },
        List("steps", "Steps", "Policy", """{"split": "\n"}""") with { Hint = "Each line of a cell and each column is a step." },
        Single("evidence.1.finding", "Finding", "Evidence", null),
        Single("evidence.1.name", "Source of the finding", "Evidence", OneLine) with { Hint = "The source of the import by default." },
        Single("evidence.1.url", "Web address of the evidence", "Evidence", "\"url\""),
        Single("adoptions.1.jurisdiction", "Jurisdiction", "Adoption", OneLine) with { Hint = "One adoption per row. Rows with the same name are one policy action." },
        Single("adoptions.1.level", "Level of the jurisdiction", "Adoption", TermOf(VocabularyNames.JurisdictionLevel)) with { IsNeeded = true },
        Single("adoptions.1.state", "State of the jurisdiction", "Adoption", "\"state\""),
        Single("adoptions.1.fips", "FIPS code of the jurisdiction", "Adoption", OneLine),
        Single("adoptions.1.status", "Status of the adoption", "Adoption", TermOf(VocabularyNames.AdoptionStatus)) with { IsNeeded = true },
        Single("adoptions.1.on", "Adoption date", "Adoption", "\"day\""),
        Single("adoptions.1.name", "Source of the adoption", "Adoption", OneLine) with { Hint = "The source of the import by default." },
        Single("adoptions.1.url", "Web address of the adoption", "Adoption", "\"url\""),
    ];

    private static IEnumerable<ImportTarget> Editorial() =>
    [
        Text("internalNotes", "Internal note", "Editorial", "\n") with { Hint = "Never published. Each cell follows the name of its column." },
    ];

    private static IEnumerable<ImportTarget> Credential(string list, string name, int number, (string Member, string Label, string As)[] members) =>
        members.Select(m => new ImportTarget($"{list}.{number}.{m.Member}", $"{name} {m.Label}{(number == 1 ? "" : $" ({number})")}", "Credentials")
        {
            As = m.As,
            IsNeeded = m.Member is "number" or "state",
        });

    private static string TermOf(string vocabulary) => $$"""{"term": "{{vocabulary}}"}""";

    private static string TermsOf(string vocabulary) => $$"""{"terms": "{{vocabulary}}"}""";

    private static ImportTarget Single(string code, string label, string group, string? transforms) => new(code, label, group) { As = transforms };

    private static ImportTarget Text(string code, string label, string group, string separator) => new(code, label, group) { Join = TargetJoin.Text, Separator = separator };

    private static ImportTarget List(string code, string label, string group, string? transforms) => new(code, label, group) { Join = TargetJoin.List, As = transforms };

    private static ImportTarget Term(string code, string label, string group, string vocabulary) => new(code, label, group) { As = TermOf(vocabulary) };

    private static ImportTarget Terms(string code, string label, string group, string vocabulary) =>
        List(code, label, group, TermsOf(vocabulary)) with { Hint = "Terms by name or code, separated by semicolons or commas." };

    private static ImportTarget Flag(string code, string label, string group, string place, string yes) =>
        new(code, label, group) { Join = TargetJoin.List, Place = place, Yes = yes };

    private static ImportTarget Phone(string code, string label, string argument) =>
        List(code, label, "Contact", argument == "{}" ? "\"phones\"" : $$"""{"phones": {{argument}}}""") with { Place = "phones" };
}
