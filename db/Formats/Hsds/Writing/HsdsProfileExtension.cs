using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>What our profile adds to a service; each member is as in the directory's own document of the entry.</summary>
public sealed record HsdsProfileExtension
{
    /// <summary>The kind of entry: provider, attorney, organization.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry's slug in the directory's own API.</summary>
    public required string Slug { get; init; }

    /// <summary>All its other names; the standard has room for one.</summary>
    public IReadOnlyList<string>? AlternateNames { get; init; }

    /// <summary>The day by which the entry is to be checked again.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>notAsked, notRequired, restricted, unknown.</summary>
    public string? ImmigrationStatus { get; init; }

    /// <summary>How that is known.</summary>
    public string? ImmigrationStatusEvidence { get; init; }

    /// <summary>accepting, waitlist, full, unknown.</summary>
    public string? CapacityStatus { get; init; }

    /// <summary>The day on which that was true.</summary>
    public DateOnly? CapacityAsOf { get; init; }

    /// <summary>yes, no, unknown.</summary>
    public string? RemoteService { get; init; }

    /// <summary>USPS codes of the states in which it may be given.</summary>
    public IReadOnlyList<string>? RemoteStates { get; init; }

    /// <summary>IANA name of the time zone of the schedules.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Languages with the way in which each is spoken.</summary>
    public IReadOnlyList<LanguageOffered>? LanguageServices { get; init; }

    /// <summary>National Provider Identifier.</summary>
    public string? Npi { get; init; }

    /// <summary>Licenses from state boards.</summary>
    public IReadOnlyList<License>? Licenses { get; init; }

    /// <summary>Admissions to the bar.</summary>
    public IReadOnlyList<BarAdmission>? BarAdmissions { get; init; }

    /// <summary>Accreditation by the Department of Justice.</summary>
    public DojAccreditation? DojAccreditation { get; init; }

    /// <summary>Whether cases of people in detention are taken.</summary>
    public string? DetainedDocket { get; init; }
}
