using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using static HealthEquity.Search.Index.FieldReading;

namespace HealthEquity.Search.Index;

/// <summary>
/// The fields for filters and facets. To add a filter, declare it here and nowhere else. The order of declarations is the order of parameters
/// in the documentation, and the order in which filters of the same <see cref="FilterWeight"/> are dropped when a search has no results. In
/// yes-or-no fields, an entry without an answer has the value "unknown".
/// </summary>
public static class SearchFields
{
    private const string Unknown = "unknown";

    private static readonly List<SearchField> Declared = [];

    private static readonly EntryKind[] Helping = [EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization];

    private static readonly EntryKind[] Placed = [.. Helping, EntryKind.Event];

    /// <summary>All fields.</summary>
    public static IReadOnlyList<SearchField> All => Declared;

    /// <summary>The field with that name.</summary>
    /// <exception cref="ArgumentException">There is no such field.</exception>
    public static SearchField Named(string name) =>
        Declared.Find(f => f.Name == name) ?? throw new ArgumentException($"'{name}' is not one of the search fields.", nameof(name));

    private static SearchField Declare(SearchField field)
    {
        field.Number = Declared.Count;
        Declared.Add(field);
        return field;
    }

#pragma warning disable CS1591 // see the descriptions
    public static SearchField Kind { get; } = Declare(new(One<Entry>(e => e.Kind.Code()))
    {
        Name = "kind",
        Description = "Kinds of entry to search; all by default.",
        Kinds = EntryKinds.All,
        Codes = FieldCodes.Kind,
        Example = "provider",
        Weight = FilterWeight.Fixed,
    });

    public static SearchField Tag { get; } = Declare(new(Each<Entry>(e => e.Tags))
    {
        Name = "tag",
        Description = "Tags.",
        Kinds = EntryKinds.All,
        Vocabulary = VocabularyNames.Tag,
    });

    public static SearchField County { get; } = Declare(new(ReadCounties)
    {
        Name = "county",
        Description = "Counties, as \"FL:Miami-Dade County\". A name alone matches every county with that name.",
        Kinds = Placed,
        Codes = FieldCodes.County,
        Example = "FL:Miami-Dade County",
        Weight = FilterWeight.Place,
    });

    public static SearchField State { get; } = Declare(new(ReadStates)
    {
        Name = "state",
        Description = "States and territories, USPS codes. For policy actions, where they were adopted.",
        Kinds = [.. Placed, EntryKind.PolicyAction],
        Codes = FieldCodes.State,
        Example = "FL",
        Weight = FilterWeight.Place,
    });

    public static SearchField Cost { get; } = Declare(new(Each<ServiceEntry>(e => e.Cost?.Options ?? []))
    {
        Name = "cost",
        Description = "Cost and payment options.",
        Kinds = Helping,
        Vocabulary = VocabularyNames.Cost,
        Example = "slidingScale",
        Weight = FilterWeight.Essential,
    });

    public static SearchField ImmigrationStatus { get; } = Declare(new(One<ServiceEntry>(e => e.Eligibility?.ImmigrationStatus ?? Unknown))
    {
        Name = "immigrationStatus",
        Description = "Whether immigration status is asked about or matters.",
        Kinds = Helping,
        Vocabulary = VocabularyNames.ImmigrationStatus,
        Example = "notAsked",
        IsAnswer = true,
        Weight = FilterWeight.Essential,
    });

    public static SearchField Language { get; } = Declare(new(ReadLanguages)
    {
        Name = "language",
        Description = "Languages of services, events or materials.",
        Kinds = EntryKinds.All,
        Codes = FieldCodes.Language,
        Example = "ht",
        Weight = FilterWeight.Essential,
    });

    public static SearchField Accepting { get; } = Declare(new(One<ServiceEntry>(e => e.Capacity?.Status ?? Unknown))
    {
        Name = "accepting",
        Description = "Whether new clients are accepted; \"true\" means \"accepting\".",
        Kinds = Helping,
        Vocabulary = VocabularyNames.Capacity,
        Example = "accepting",
        True = "accepting",
        False = "full",
        IsAnswer = true,
        Weight = FilterWeight.Passing,
    });

    public static SearchField Telehealth { get; } = Declare(new(One<ServiceEntry>(e => e.RemoteService?.Offered ?? Unknown))
    {
        Name = "telehealth",
        Description = "Whether services are available by video or phone; \"true\" means \"yes\".",
        Kinds = Helping,
        Vocabulary = VocabularyNames.Availability,
        Example = "yes",
        True = "yes",
        False = "no",
        IsAnswer = true,
    });

    public static SearchField Accessibility { get; } = Declare(new(EachPlace(l => l.Accessibility))
    {
        Name = "accessibility",
        Description = "Accessibility features of the building.",
        Kinds = Placed,
        Vocabulary = VocabularyNames.Accessibility,
        Example = "wheelchairEntrance",
        Weight = FilterWeight.Need,
    });

    public static SearchField Modality { get; } = Declare(new(Each<Provider>(e => e.Modalities))
    {
        Name = "modality",
        Description = "How care is provided.",
        Kinds = [EntryKind.Provider],
        Vocabulary = VocabularyNames.Modality,
        Example = "individual",
    });

    public static SearchField ProviderType { get; } = Declare(new(One<Provider>(e => e.ProviderType))
    {
        Name = "providerType",
        Description = "Type of provider.",
        Kinds = [EntryKind.Provider],
        Vocabulary = VocabularyNames.ProviderType,
    });

    public static SearchField AttorneyType { get; } = Declare(new(One<Attorney>(e => e.AttorneyType))
    {
        Name = "attorneyType",
        Description = "Type: attorney, accredited representative or program.",
        Kinds = [EntryKind.Attorney],
        Vocabulary = VocabularyNames.AttorneyType,
    });

    public static SearchField OrganizationType { get; } = Declare(new(One<Organization>(e => e.OrganizationType))
    {
        Name = "organizationType",
        Description = "Type of organization.",
        Kinds = [EntryKind.Organization],
        NameInOwnList = "type",
        Vocabulary = VocabularyNames.OrganizationType,
    });

    public static SearchField License { get; } = Declare(new(Each<Provider>(e => e.Licenses.Select(l => l.Type)))
    {
        Name = "license",
        Description = "Types of license.",
        Kinds = [EntryKind.Provider],
        Vocabulary = VocabularyNames.LicenseType,
    });

    public static SearchField Population { get; } = Declare(new(Each<ServiceEntry>(e => e.Eligibility?.Populations ?? []))
    {
        Name = "population",
        Description = "Groups of people that the service focuses on.",
        Kinds = Helping,
        Vocabulary = VocabularyNames.Population,
    });

    public static SearchField Court { get; } = Declare(new(Each<Attorney>(e => e.Courts))
    {
        Name = "court",
        Description = "Immigration courts served.",
        Kinds = [EntryKind.Attorney],
        Vocabulary = VocabularyNames.Court,
    });

    public static SearchField Help { get; } = Declare(new(Each<Attorney>(e => e.Help))
    {
        Name = "help",
        Description = "Kinds of help.",
        Kinds = [EntryKind.Attorney],
        Vocabulary = VocabularyNames.Help,
    });

    public static SearchField Evaluation { get; } = Declare(new(Each<Provider>(e => e.Evaluations))
    {
        Name = "evaluation",
        Description = "Forensic evaluations for immigration cases.",
        Kinds = [EntryKind.Provider],
        Vocabulary = VocabularyNames.Evaluation,
        Example = "asylum",
        Weight = FilterWeight.Need,
    });

    public static SearchField Specialty { get; } = Declare(new(Each<Provider>(e => e.Specialties))
    {
        Name = "specialty",
        Description = "The provider's specialties.",
        Kinds = [EntryKind.Provider],
        Vocabulary = VocabularyNames.Specialty,
        Example = "trauma",
        Weight = FilterWeight.Need,
    });

    public static SearchField PracticeArea { get; } = Declare(new(Each<Attorney>(e => e.PracticeAreas))
    {
        Name = "practiceArea",
        Description = "Areas of immigration law.",
        Kinds = [EntryKind.Attorney],
        Vocabulary = VocabularyNames.PracticeArea,
        Example = "asylum",
        Weight = FilterWeight.Need,
    });

    public static SearchField Detained { get; } = Declare(new(One<Attorney>(e => e.DetainedDocket))
    {
        Name = "detained",
        Description = "Whether the attorney takes cases of people in detention; \"true\" means \"yes\".",
        Kinds = [EntryKind.Attorney],
        Vocabulary = VocabularyNames.Availability,
        Example = "yes",
        True = "yes",
        False = "no",
        IsAnswer = true,
        Weight = FilterWeight.Need,
    });

    public static SearchField Function { get; } = Declare(new(Each<Organization>(e => e.Functions))
    {
        Name = "function",
        Description = "What the organization does.",
        Kinds = [EntryKind.Organization],
        Vocabulary = VocabularyNames.OrganizationFunction,
        Weight = FilterWeight.Need,
    });

    public static SearchField Theme { get; } = Declare(new(One<PolicyAction>(e => e.Theme))
    {
        Name = "theme",
        Description = "Themes of policy actions.",
        Kinds = [EntryKind.PolicyAction],
        Vocabulary = VocabularyNames.PolicyTheme,
        Weight = FilterWeight.Need,
    });

    public static SearchField Actor { get; } = Declare(new(Each<PolicyAction>(e => e.Actors))
    {
        Name = "actor",
        Description = "Who can take the action.",
        Kinds = [EntryKind.PolicyAction],
        Vocabulary = VocabularyNames.PolicyActor,
    });

    public static SearchField Instrument { get; } = Declare(new(One<PolicyAction>(e => e.Instrument))
    {
        Name = "instrument",
        Description = "The instrument, such as a resolution or a written policy.",
        Kinds = [EntryKind.PolicyAction],
        Vocabulary = VocabularyNames.PolicyInstrument,
    });

    public static SearchField Direction { get; } = Declare(new(One<PolicyAction>(e => e.Direction))
    {
        Name = "direction",
        Description = "Protective, neutral or restrictive for immigrant families.",
        Kinds = [EntryKind.PolicyAction],
        Vocabulary = VocabularyNames.PolicyDirection,
        Example = "protective",
        IsAnswer = true,
    });

    public static SearchField Audience { get; } = Declare(new(Each<Material>(e => e.Audiences))
    {
        Name = "audience",
        Description = "Who the material is for.",
        Kinds = [EntryKind.Material],
        Vocabulary = VocabularyNames.Audience,
    });

    public static SearchField MaterialType { get; } = Declare(new(One<Material>(e => e.MaterialType))
    {
        Name = "materialType",
        Description = "Type of material.",
        Kinds = [EntryKind.Material],
        NameInOwnList = "type",
        Vocabulary = VocabularyNames.MaterialType,
        Weight = FilterWeight.Need,
    });

    public static SearchField EventType { get; } = Declare(new(One<Event>(e => e.EventType))
    {
        Name = "eventType",
        Description = "Type of event.",
        Kinds = [EntryKind.Event],
        NameInOwnList = "type",
        Vocabulary = VocabularyNames.EventType,
        Weight = FilterWeight.Need,
    });
#pragma warning restore CS1591
}
