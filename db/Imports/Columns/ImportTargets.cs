using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Columns;

/// <summary>
/// The fields that a column can feed, by kind. What no file may say is not among them: the assured date and what is published (a file is
/// no check), consent to be listed (it is given by people, one by one), the slug.
/// </summary>
public static class ImportTargets
{
    private const int MostPlaces = 3;
    private const int MostCredentials = 2;
    private const string OneLine = "\"oneLine\"";

    private static readonly IReadOnlyList<ImportTarget> Shared = [.. About(), .. Contact(), .. Enumerable.Range(1, MostPlaces).SelectMany(Place), .. Service(), .. Editorial()];

    // What entries have that are no service: nobody's first name, no telephone.
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

    /// <summary>The kinds that columns can be mapped to one by one.</summary>
    public static IReadOnlyList<EntryKind> Kinds { get; } = [.. ByKind.Keys];

    /// <summary>The fields of a kind, in the order in which to offer them.</summary>
    /// <exception cref="MappingException">The kind needs a mapping file.</exception>
    public static IReadOnlyList<ImportTarget> Of(EntryKind kind) => ByKind.TryGetValue(kind, out var targets)
        ? targets
        : throw new MappingException("kind", $"columns can be mapped one by one to {string.Join(", ", Kinds.Select(k => k.Code()))}; another kind needs a mapping file.");

    /// <summary>The field of that code; null when the kind has none.</summary>
    public static ImportTarget? Find(EntryKind kind, string? code) => ByKind.GetValueOrDefault(kind)?.FirstOrDefault(t => t.Code == code);

    private static IEnumerable<ImportTarget> About() =>
    [
        Text("name", "Name", "About", " ") with { IsNeeded = true, As = OneLine },
        Text("firstName", "First name", "About", " ") with { IsNeeded = true },
        Text("lastName", "Last name", "About", " ") with { IsNeeded = true },
        List("alternateNames", "Other names", "About", """[{"split": ";"}, "oneLine"]"""),
        Text("summary", "Summary", "About", " ") with { As = """["oneLine", {"limit": 300}]""", Hint = "One or two sentences; cut at 300 characters." },
        Text("description", "Description", "About", "\n\n"),
        Terms("tags", "Tags", "About", VocabularyNames.Tag),
    ];

    private static IEnumerable<ImportTarget> Contact() =>
    [
        Phone("phones", "Phone", "{}") with { Hint = "Several in a cell are read: \"303-555-0100 (office); 303-555-0101 x4\"." },
        new("phones.extension", "Extension of the phone", "Contact"),
        Phone("phones.intake", "Phone for new clients", """{"label": "intake"}"""),
        Phone("phones.afterHours", "Phone after hours", """{"label": "after hours"}"""),
        Phone("phones.tollFree", "Toll-free phone", """{"label": "toll-free"}"""),
        Phone("phones.hotline", "Hotline", """{"type": "hotline"}"""),
        Phone("phones.text", "Phone for text messages", """{"type": "text"}"""),
        Phone("phones.whatsapp", "WhatsApp", """{"type": "whatsapp"}"""),
        Phone("phones.fax", "Fax", """{"type": "fax"}"""),
        Phone("phones.tty", "TTY", """{"type": "tty"}"""),
        List("emails", "E-mail", "Contact", "\"emails\""),
        Single("website", "Website", "Contact", "\"url\""),
    ];

    private static IEnumerable<ImportTarget> Place(int number)
    {
        var group = number == 1 ? "Place" : $"Place {number}";
        ImportTarget Of(string member, string label, string? transforms = OneLine) =>
            new($"locations.{number}.{member}", number == 1 ? label : $"{label} ({number})", group) { As = transforms };
        return
        [
            Of("address", "Whole address in one cell", null) with { Hint = "\"401 NE 4th Street, Fort Lauderdale, FL 33301\"" },
            Of("address1", "Street") with { Join = TargetJoin.Text, Separator = ", " },
            Of("address2", "Suite, floor, building") with { Join = TargetJoin.Text, Separator = ", " },
            Of("city", "City"),
            Of("county", "County"),
            Of("stateProvince", "State", "\"state\"") with { Hint = "A code or a name: \"FL\", \"Florida\"." },
            Of("postalCode", "ZIP code", "\"zip\"") with { Hint = "Zeros that a spreadsheet took are put back." },
            Of("plus4", "Last four digits of the ZIP code", null),
            Of("latitude", "Latitude", "\"coordinate\""),
            Of("longitude", "Longitude", "\"coordinate\""),
            Of("name", "Name of the place"),
            Of("transit", "How to get there", null),
            Of("accessibility", "Accessibility", TermsOf(VocabularyNames.Accessibility)) with { Join = TargetJoin.List },
            Of("confidential", "Address is confidential", null) with { Hint = "A yes keeps the place private; an empty cell or a no publishes it." },
        ];
    }

    private static IEnumerable<ImportTarget> Service() =>
    [
        Single("hours", "Hours", "Hours", null) with { Hint = "\"M-F 8:30am-5pm; Sat 9-12\"; what can't be read stays as a note." },
        .. Enum.GetValues<DayOfWeek>().OrderBy(d => ((int)d + 6) % 7)
            .Select(d => Single($"hours.{d.ToString().ToLowerInvariant()}", $"Hours on {d}", "Hours", null)),
        Text("hours.note", "Note on hours", "Hours", "; ") with { As = OneLine },
        List("languages", "Languages", "Languages", "\"languages\"") with { Hint = "\"Spanish; Haitian Creole (interpreter)\"" },
        .. new[] { ("es", "Spanish"), ("ht", "Haitian Creole"), ("fr", "French"), ("pt", "Portuguese"), ("zh", "Chinese"), ("vi", "Vietnamese"), ("ar", "Arabic"), ("ase", "American Sign Language") }
            .Select(l => Flag($"languages.{l.Item1}", $"{l.Item2} is spoken (yes or no)", "Languages", "languages", $$"""{"language": "{{l.Item1}}"}""")),
        Terms("cost.options", "Cost and insurance", "Cost", VocabularyNames.Cost),
        .. new[] { ("free", "Free"), ("slidingScale", "Sliding scale"), ("medicaid", "Medicaid"), ("medicare", "Medicare"), ("uninsuredWelcome", "Uninsured welcome"), ("privateInsurance", "Private insurance") }
            .Select(c => Flag($"cost.{c.Item1}", $"{c.Item2} (yes or no)", "Cost", "cost.options", $"\"{c.Item1}\"")),
        List("cost.insurers", "Insurers", "Cost", """[{"split": ";"}, {"split": ","}, "oneLine"]"""),
        Single("cost.feeMinimum", "Lowest fee", "Cost", "\"number\""),
        Single("cost.feeMaximum", "Highest fee", "Cost", "\"number\""),
        Text("cost.note", "Note on cost", "Cost", "\n"),
        Single("serviceArea.nationwide", "Serves the whole country (yes or no)", "Whom it serves", null) with { Yes = "true" },
        List("serviceArea.states", "States served", "Whom it serves", """[{"split": ";"}, {"split": ","}, "state"]"""),
        List("serviceArea.counties", "Counties served", "Whom it serves", null),
        List("serviceArea.zipCodes", "ZIP codes served", "Whom it serves", """[{"split": ";"}, {"split": ","}, "zip"]"""),
        Text("serviceArea.note", "Note on the area served", "Whom it serves", "\n"),
        Single("eligibility.minimumAge", "Youngest age", "Whom it serves", "\"number\""),
        Single("eligibility.maximumAge", "Oldest age", "Whom it serves", "\"number\""),
        Terms("eligibility.populations", "Groups served", "Whom it serves", VocabularyNames.Population),
        Terms("eligibility.documentsRequired", "Documents asked for", "Whom it serves", VocabularyNames.RequiredDocument),
        Term("eligibility.immigrationStatus", "Immigration status asked or required", "Whom it serves", VocabularyNames.ImmigrationStatus) with { Hint = "Needs a column that says how it is known." },
        Text("eligibility.immigrationStatusEvidence", "How the status policy is known", "Whom it serves", "\n"),
        Text("eligibility.note", "Note on eligibility", "Whom it serves", "\n"),
        Term("capacity.status", "Takes new people", "Whom it serves", VocabularyNames.Capacity) with { Hint = "\"Yes\", \"waiting list\", \"full\"; true on the day on which the source was read." },
        Term("remoteService.offered", "Video or telephone (yes or no)", "Whom it serves", VocabularyNames.Availability),
    ];

    private static IEnumerable<ImportTarget> Provider() =>
    [
        Term("providerType", "Provider type", "Credentials", VocabularyNames.ProviderType),
        Single("npi", "NPI", "Credentials", "\"npi\""),
        .. Enumerable.Range(1, MostCredentials).SelectMany(n => Credential("licenses", "License", n,
        [
            ("number", "number", OneLine),
            ("type", "type", TermOf(VocabularyNames.LicenseType)),
            ("state", "state", "\"state\""),
            ("status", "status", TermOf(VocabularyNames.LicenseStatus)),
            ("expiresOn", "is good until", "\"day\""),
        ])),
        Terms("modalities", "Modalities", "What it does", VocabularyNames.Modality),
        Terms("specialties", "Specialties", "What it does", VocabularyNames.Specialty),
        Terms("evaluations", "Evaluations for immigration cases", "What it does", VocabularyNames.Evaluation),
    ];

    private static IEnumerable<ImportTarget> Attorney() =>
    [
        Term("attorneyType", "Attorney type", "Credentials", VocabularyNames.AttorneyType),
        .. Enumerable.Range(1, MostCredentials).SelectMany(n => Credential("barAdmissions", "Bar", n,
        [
            ("number", "number", OneLine),
            ("state", "state", "\"state\""),
            ("standing", "standing", TermOf(VocabularyNames.BarStanding)),
        ])),
        Term("dojAccreditation.level", "DOJ accreditation", "Credentials", VocabularyNames.DojAccreditation),
        Single("dojAccreditation.expiresOn", "DOJ accreditation is good until", "Credentials", "\"day\""),
        Single("recognizedOrganization", "Recognized organization", "Credentials", OneLine),
        Terms("practiceAreas", "Practice areas", "What it does", VocabularyNames.PracticeArea),
        Terms("help", "Kinds of help", "What it does", VocabularyNames.Help),
        Term("detainedDocket", "Takes detained cases (yes or no)", "What it does", VocabularyNames.Availability),
        Terms("courts", "Immigration courts", "What it does", VocabularyNames.Court),
        List("detentionCenters", "Detention centers", "What it does", """[{"split": ";"}, "oneLine"]"""),
        Text("intakePolicy", "How new cases are taken", "What it does", "\n"),
    ];

    private static IEnumerable<ImportTarget> Organization() =>
    [
        Term("organizationType", "Organization type", "What it does", VocabularyNames.OrganizationType),
        Terms("functions", "What it does", "What it does", VocabularyNames.OrganizationFunction),
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
        Single("editions.1.language", "Language", "Edition", "\"language\"") with { IsNeeded = true, Hint = "One edition a row; rows of one name are one material. English where no column says it." },
        Single("editions.1.title", "Title in that language", "Edition", OneLine) with { Hint = "The name where no column says it." },
        Single("editions.1.url", "Web address of the edition", "Edition", "\"url\""),
        Single("editions.1.text", "Text of the edition", "Edition", null),
        Single("editions.1.format", "Format", "Edition", TermOf(VocabularyNames.MaterialFormat)),
        Single("editions.1.reviewedOn", "Read through on", "Edition", "\"day\""),
    ];

    private static IEnumerable<ImportTarget> Event() =>
    [
        Term("eventType", "Type of event", "Event", VocabularyNames.EventType) with { IsNeeded = true },
        Single("startsAt", "Start, day and time in one cell", "When", null) with { Hint = "\"3/1/2026 6:30 PM\", local time" },
        Single("startsOn", "Day", "When", null),
        Single("startTime", "Time of the start", "When", null) with { Hint = "An event without one lasts the whole day." },
        Single("endsAt", "End, day and time in one cell", "When", null),
        Single("endsOn", "Last day", "When", null),
        Single("endTime", "Time of the end", "When", null),
        Single("timeZone", "Time zone", "When", null) with { Hint = "\"Eastern\", \"America/New_York\"; where no column says it, that of the place." },
        Single("url", "Web address", "Event", "\"url\""),
        Single("host", "Host", "Event", OneLine),
        Single("registrationUrl", "Web address to sign up at", "Event", "\"url\""),
        List("languages", "Languages", "Event", """[{"split": ";"}, {"split": ","}, "language"]"""),
    ];

    private static IEnumerable<ImportTarget> PolicyAction() =>
    [
        Term("theme", "Theme", "Policy", VocabularyNames.PolicyTheme) with { IsNeeded = true },
        Terms("actors", "Who can take it", "Policy", VocabularyNames.PolicyActor),
        Term("instrument", "Instrument", "Policy", VocabularyNames.PolicyInstrument),
        Term("direction", "Direction", "Policy", VocabularyNames.PolicyDirection) with { Hint = "Protective where no column says it." },
        List("steps", "Steps", "Policy", """{"split": "\n"}""") with { Hint = "Each line of a cell, and each column, is a step." },
        Single("evidence.1.finding", "What was found of its effect", "Evidence", null),
        Single("evidence.1.name", "Where that is said", "Evidence", OneLine) with { Hint = "The source where no column says it." },
        Single("evidence.1.url", "Web address of the evidence", "Evidence", "\"url\""),
        Single("adoptions.1.jurisdiction", "Who adopted it", "Adoption", OneLine) with { Hint = "One adoption a row; rows of one name are one action." },
        Single("adoptions.1.level", "Level of the jurisdiction", "Adoption", TermOf(VocabularyNames.JurisdictionLevel)) with { IsNeeded = true },
        Single("adoptions.1.state", "State of the jurisdiction", "Adoption", "\"state\""),
        Single("adoptions.1.fips", "FIPS code of the jurisdiction", "Adoption", OneLine),
        Single("adoptions.1.status", "Status of the adoption", "Adoption", TermOf(VocabularyNames.AdoptionStatus)) with { IsNeeded = true },
        Single("adoptions.1.on", "Day of the adoption", "Adoption", "\"day\""),
        Single("adoptions.1.name", "Where the adoption is known from", "Adoption", OneLine) with { Hint = "The source where no column says it." },
        Single("adoptions.1.url", "Web address of the adoption", "Adoption", "\"url\""),
    ];

    private static IEnumerable<ImportTarget> Editorial() =>
    [
        Text("internalNotes", "Internal note", "Editorial", "\n") with { Hint = "Never published; each cell stands behind its column's name." },
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
        List(code, label, group, TermsOf(vocabulary)) with { Hint = "Terms of the vocabulary by name or code; several with ; or , between." };

    private static ImportTarget Flag(string code, string label, string group, string place, string yes) =>
        new(code, label, group) { Join = TargetJoin.List, Place = place, Yes = yes };

    private static ImportTarget Phone(string code, string label, string argument) =>
        List(code, label, "Contact", argument == "{}" ? "\"phones\"" : $$"""{"phones": {{argument}}}""") with { Place = "phones" };
}
