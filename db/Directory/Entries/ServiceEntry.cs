using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>An entry that offers services: a provider, an attorney or an organization.</summary>
public abstract record ServiceEntry : Entry
{
    /// <summary>Phone numbers, best one to call first.</summary>
    public IReadOnlyList<Phone> Phones { get; init; } = [];

    /// <summary>Email addresses.</summary>
    public IReadOnlyList<Email> Emails { get; init; } = [];

    /// <summary>The website, http or https (HSDS <c>url</c>).</summary>
    public string? Website { get; init; }

    /// <summary>Other pages: booking, social media, a map.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>Locations. The visibility of each decides how much of it is published.</summary>
    public IReadOnlyList<Location> Locations { get; init; } = [];

    /// <summary>Opening hours.</summary>
    public Hours? Hours { get; init; }

    /// <summary>The area served. Null if unknown.</summary>
    public ServiceArea? ServiceArea { get; init; }

    /// <summary>Languages in which people are served.</summary>
    public IReadOnlyList<LanguageOffered> Languages { get; init; } = [];

    /// <summary>The cost. Null if unknown.</summary>
    public Cost? Cost { get; init; }

    /// <summary>Who is eligible. Null if unknown.</summary>
    public Eligibility? Eligibility { get; init; }

    /// <summary>Whether new clients are accepted. Null if unknown.</summary>
    public Capacity? Capacity { get; init; }

    /// <summary>Service by video or phone. Null if unknown.</summary>
    public RemoteService? RemoteService { get; init; }

    /// <summary>The consent to be listed.</summary>
    [Editorial]
    public Consent? Consent { get; init; }
}

/// <summary>A phone number.</summary>
public sealed record Phone
{
    /// <summary>The number in E.164 form, such as +13055550142; or a national short code such as 988 or 911.</summary>
    public required string Number { get; init; }

    /// <summary>The extension, digits only.</summary>
    public string? Extension { get; init; }

    /// <summary>The type of number: voice, text, fax, tty, whatsapp, signal, hotline.</summary>
    [Vocabulary(VocabularyNames.PhoneType)]
    public string Type { get; init; } = "voice";

    /// <summary>What it is for ("intake", "after hours"); HSDS <c>description</c>.</summary>
    [Translatable]
    public string? Label { get; init; }

    /// <summary>Languages spoken at this number, BCP-47.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>What to dial from inside a detention center (a speed-dial or pro bono platform code).</summary>
    public string? DetentionDialCode { get; init; }
}

/// <summary>An email address.</summary>
public sealed record Email
{
    /// <summary>The address.</summary>
    public required string Address { get; init; }

    /// <summary>What it is for.</summary>
    [Translatable]
    public string? Label { get; init; }
}

/// <summary>A link to another page.</summary>
public sealed record Link
{
    /// <summary>What the link leads to.</summary>
    [Translatable]
    public required string Label { get; init; }

    /// <summary>Its address, http or https.</summary>
    public required string Url { get; init; }
}

/// <summary>How much of a location is published.</summary>
public enum Visibility
{
    /// <summary>Everything.</summary>
    Public,

    /// <summary>County and state only.</summary>
    Area,

    /// <summary>Nothing at all.</summary>
    Private,
}

/// <summary>A location.</summary>
public sealed record Location
{
    /// <summary>How much of it is published. <see cref="Visibility.Area"/> and <see cref="Visibility.Private"/> protect shelters and home offices.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>The location's name, if it differs from the entry's.</summary>
    public string? Name { get; init; }

    /// <summary>Street and number.</summary>
    public string? Address1 { get; init; }

    /// <summary>Suite, floor, building.</summary>
    public string? Address2 { get; init; }

    /// <summary>City or town.</summary>
    public string? City { get; init; }

    /// <summary>The county's full name, such as "Miami-Dade County".</summary>
    public string? County { get; init; }

    /// <summary>The USPS code of the state or territory.</summary>
    public string? StateProvince { get; init; }

    /// <summary>ZIP code, five digits or ZIP+4.</summary>
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 code.</summary>
    public string Country { get; init; } = "US";

    /// <summary>Degrees north, WGS 84.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, WGS 84.</summary>
    public double? Longitude { get; init; }

    /// <summary>Accessibility features of the building.</summary>
    [Vocabulary(VocabularyNames.Accessibility)]
    public IReadOnlyList<string> Accessibility { get; init; } = [];

    /// <summary>How to get there without a car.</summary>
    [Translatable]
    public string? Transit { get; init; }

    /// <summary>Phone numbers of this location only.</summary>
    public IReadOnlyList<Phone> Phones { get; init; } = [];
}

/// <summary>Opening hours in local time.</summary>
public sealed record Hours
{
    /// <summary>The IANA time zone, such as America/New_York; required unless always open.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Open day and night, every day.</summary>
    public bool AlwaysOpen { get; init; }

    /// <summary>Opening times. A day can have several, but they must not overlap.</summary>
    public IReadOnlyList<OpeningTime> Times { get; init; } = [];

    /// <summary>Other details: holidays, by appointment.</summary>
    [Translatable]
    public string? Note { get; init; }
}

/// <summary>One interval of opening hours.</summary>
public sealed record OpeningTime
{
    /// <summary>The day it opens.</summary>
    public required DayOfWeek Day { get; init; }

    /// <summary>Local time, HH:mm.</summary>
    public required TimeOnly Opens { get; init; }

    /// <summary>Local time, HH:mm; at or before <see cref="Opens"/> it means the next day.</summary>
    public required TimeOnly Closes { get; init; }
}

/// <summary>The area served. An empty area (no member set) means unknown.</summary>
public sealed record ServiceArea
{
    /// <summary>The whole United States.</summary>
    public bool Nationwide { get; init; }

    /// <summary>USPS state codes.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Counties as "FL:Miami-Dade County".</summary>
    public IReadOnlyList<string> Counties { get; init; } = [];

    /// <summary>Five-digit ZIP codes.</summary>
    public IReadOnlyList<string> ZipCodes { get; init; } = [];

    /// <summary>Other details.</summary>
    [Translatable]
    public string? Note { get; init; }
}

/// <summary>A language in which people are served, and how.</summary>
public sealed record LanguageOffered
{
    /// <summary>BCP-47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>How it is provided: staff, interpreter, language line. Empty if unknown.</summary>
    [Vocabulary(VocabularyNames.LanguageService)]
    public IReadOnlyList<string> How { get; init; } = [];

    /// <summary>Other details ("Tuesdays only").</summary>
    [Translatable]
    public string? Note { get; init; }
}

/// <summary>The cost of service.</summary>
public sealed record Cost
{
    /// <summary>Payment options.</summary>
    [Vocabulary(VocabularyNames.Cost)]
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Insurers accepted, by name.</summary>
    public IReadOnlyList<string> Insurers { get; init; } = [];

    /// <summary>The lowest fee, in US dollars per session or matter.</summary>
    public decimal? FeeMinimum { get; init; }

    /// <summary>The highest fee, in US dollars per session or matter.</summary>
    public decimal? FeeMaximum { get; init; }

    /// <summary>Other details.</summary>
    [Translatable]
    public string? Note { get; init; }
}

/// <summary>Who is served.</summary>
public sealed record Eligibility
{
    /// <summary>Youngest age served, whole years.</summary>
    public int? MinimumAge { get; init; }

    /// <summary>Oldest age served, whole years.</summary>
    public int? MaximumAge { get; init; }

    /// <summary>Groups that the service focuses on.</summary>
    [Vocabulary(VocabularyNames.Population)]
    public IReadOnlyList<string> Populations { get; init; } = [];

    /// <summary>Documents that are requested.</summary>
    [Vocabulary(VocabularyNames.RequiredDocument)]
    public IReadOnlyList<string> DocumentsRequired { get; init; } = [];

    /// <summary>Whether immigration status is asked about or matters: notAsked, notRequired, restricted, unknown.</summary>
    [Vocabulary(VocabularyNames.ImmigrationStatus)]
    public string ImmigrationStatus { get; init; } = "unknown";

    /// <summary>How this is known: a written policy, a call, a law. Required unless unknown.</summary>
    [Translatable]
    public string? ImmigrationStatusEvidence { get; init; }

    /// <summary>Other conditions.</summary>
    [Vocabulary(VocabularyNames.Eligibility)]
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>Other details.</summary>
    [Translatable]
    public string? Note { get; init; }
}

/// <summary>Whether new clients are accepted.</summary>
public sealed record Capacity
{
    /// <summary>accepting, waitlist, full, unknown.</summary>
    [Vocabulary(VocabularyNames.Capacity)]
    public string Status { get; init; } = "unknown";

    /// <summary>Length of the waitlist, in days.</summary>
    public int? WaitlistDays { get; init; }

    /// <summary>The date of this information.</summary>
    public DateOnly? AsOf { get; init; }
}

/// <summary>Remote service by video or phone.</summary>
public sealed record RemoteService
{
    /// <summary>yes, no, unknown.</summary>
    [Vocabulary(VocabularyNames.Availability)]
    public string Offered { get; init; } = "unknown";

    /// <summary>States where it may be provided (license or bar admission), USPS codes.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Other details.</summary>
    [Translatable]
    public string? Note { get; init; }
}

/// <summary>The consent to be listed; editorial, never published.</summary>
public sealed record Consent
{
    /// <summary>granted, notNeeded (a public institution), pending, refused.</summary>
    [Vocabulary(VocabularyNames.Consent)]
    public required string Status { get; init; }

    /// <summary>Who gave it.</summary>
    public string? GivenBy { get; init; }

    /// <summary>The date it was given.</summary>
    public DateOnly? GivenOn { get; init; }

    /// <summary>How it is recorded.</summary>
    public string? Note { get; init; }
}
