using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>The members that our profile adds to a service. Each has the same value as in the directory's own document of the entry.</summary>
public sealed record HsdsProfileExtension
{
    /// <summary>The kind of entry: provider, attorney, organization.</summary>
    public required string Kind { get; init; }

    /// <summary>The slug of the entry in the directory's own API.</summary>
    public required string Slug { get; init; }

    /// <summary>All other names. The standard has room for one.</summary>
    public IReadOnlyList<string>? AlternateNames { get; init; }

    /// <summary>The date of the next verification.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>notAsked, notRequired, restricted, unknown.</summary>
    public string? ImmigrationStatus { get; init; }

    /// <summary>The evidence for the immigration status.</summary>
    public string? ImmigrationStatusEvidence { get; init; }

    /// <summary>accepting, waitlist, full, unknown.</summary>
    public string? CapacityStatus { get; init; }

    /// <summary>The date of the capacity status.</summary>
    public DateOnly? CapacityAsOf { get; init; }

    /// <summary>yes, no, unknown.</summary>
    public string? RemoteService { get; init; }

    /// <summary>USPS codes of the states with remote service.</summary>
    public IReadOnlyList<string>? RemoteStates { get; init; }

    /// <summary>IANA time zone of the schedules.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Languages, and how each is offered.</summary>
    public IReadOnlyList<LanguageOffered>? LanguageServices { get; init; }

    /// <summary>National Provider Identifier.</summary>
    public string? Npi { get; init; }

    /// <summary>Licenses of state boards.</summary>
    public IReadOnlyList<License>? Licenses { get; init; }

    /// <summary>Bar admissions.</summary>
    public IReadOnlyList<BarAdmission>? BarAdmissions { get; init; }

    /// <summary>Accreditation by the Department of Justice.</summary>
    public DojAccreditation? DojAccreditation { get; init; }

    /// <summary>Whether it takes cases of detained people.</summary>
    public string? DetainedDocket { get; init; }
}
