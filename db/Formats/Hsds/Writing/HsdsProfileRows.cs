using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>A row of our own table <c>health_equity</c>: the profile's members, one row per service.</summary>
internal sealed record HsdsProfileRow
{
    public required Guid Id { get; init; }

    public required Guid ServiceId { get; init; }

    public required string Kind { get; init; }

    public required string Slug { get; init; }

    public string? AlternateNames { get; init; }

    public DateOnly? CheckDueOn { get; init; }

    public string? ImmigrationStatus { get; init; }

    public string? ImmigrationStatusEvidence { get; init; }

    public string? CapacityStatus { get; init; }

    public DateOnly? CapacityAsOf { get; init; }

    public string? RemoteService { get; init; }

    public string? RemoteStates { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyList<LanguageOffered>? LanguageServices { get; init; }

    public string? Npi { get; init; }

    public string? DojAccreditation { get; init; }

    public DateOnly? DojAccreditationExpiresOn { get; init; }

    public bool? DojAccreditationRenewalPending { get; init; }

    public string? DetainedDocket { get; init; }

    public static HsdsProfileRow Of(HsdsService service)
    {
        var profile = service.HealthEquity!;
        return new HsdsProfileRow
        {
            Id = HsdsIds.Of(service.Id, "health_equity"),
            ServiceId = service.Id,
            Kind = profile.Kind,
            Slug = profile.Slug,
            AlternateNames = HsdsTexts.Joined(profile.AlternateNames ?? []),
            CheckDueOn = profile.CheckDueOn,
            ImmigrationStatus = profile.ImmigrationStatus,
            ImmigrationStatusEvidence = profile.ImmigrationStatusEvidence,
            CapacityStatus = profile.CapacityStatus,
            CapacityAsOf = profile.CapacityAsOf,
            RemoteService = profile.RemoteService,
            RemoteStates = HsdsTexts.Joined(profile.RemoteStates ?? []),
            TimeZone = profile.TimeZone,
            LanguageServices = profile.LanguageServices,
            Npi = profile.Npi,
            DojAccreditation = profile.DojAccreditation?.Level,
            DojAccreditationExpiresOn = profile.DojAccreditation?.ExpiresOn,
            DojAccreditationRenewalPending = profile.DojAccreditation?.RenewalPending,
            DetainedDocket = profile.DetainedDocket,
        };
    }
}

/// <summary>A row of our own table <c>health_equity_credential</c>: a state board license or a bar admission.</summary>
internal sealed record HsdsCredentialRow
{
    public required Guid Id { get; init; }

    public required Guid ServiceId { get; init; }

    public required string Credential { get; init; }

    public string? Type { get; init; }

    public required string Number { get; init; }

    public required string State { get; init; }

    public string? Status { get; init; }

    public DateOnly? ExpiresOn { get; init; }

    public string? Url { get; init; }

    public string? Supervisor { get; init; }

    public static IEnumerable<HsdsCredentialRow> Of(HsdsService service)
    {
        var ids = new HsdsPartIds(service.Id);
        foreach (var license in service.HealthEquity!.Licenses ?? [])
        {
            yield return new HsdsCredentialRow
            {
                Id = ids.Next($"license/{license.Type}/{license.State}/{license.Number}"),
                ServiceId = service.Id,
                Credential = "license",
                Type = license.Type,
                Number = license.Number,
                State = license.State,
                Status = license.Status,
                ExpiresOn = license.ExpiresOn,
                Url = license.BoardUrl,
                Supervisor = license.Supervisor,
            };
        }

        foreach (var admission in service.HealthEquity.BarAdmissions ?? [])
        {
            yield return new HsdsCredentialRow
            {
                Id = ids.Next($"bar_admission/{admission.State}/{admission.Number}"),
                ServiceId = service.Id,
                Credential = "barAdmission",
                Number = admission.Number,
                State = admission.State,
                Status = admission.Standing,
                Url = admission.RegistryUrl,
            };
        }
    }
}
