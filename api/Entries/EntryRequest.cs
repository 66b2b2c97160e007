using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Parameters;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Entries;

/// <summary>A request for one entry.</summary>
public sealed record EntryRequest
{
    /// <summary>The id (a UUID) or slug of the entry.</summary>
    public string IdOrSlug { get; init; } = "";

    /// <summary>The language of the answer, BCP-47. Defaults to Accept-Language, then to the entry's own language.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }
}

/// <summary>For each kind, the slug of an entry that a directory with the starter entries and the samples has.</summary>
public static class EntryExamples
{
    /// <summary>The slug.</summary>
    public static string Of(EntryKind kind) => kind switch
    {
        EntryKind.Provider => "sample-puentes-therapy-miami",
        EntryKind.Attorney => "sample-faro-legal-miami",
        EntryKind.Organization => "988-suicide-and-crisis-lifeline",
        EntryKind.PolicyAction => "adopt-california-model-health-policy",
        EntryKind.Material => "family-emergency-plan",
        EntryKind.Event => "national-educators-coming-out-day",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>Validates a <see cref="EntryRequest"/>.</summary>
public sealed class EntryRequestValidator : Validator<EntryRequest>
{
    /// <summary>Defines the rules.</summary>
    public EntryRequestValidator() => RuleFor(r => r.IdOrSlug).NotEmpty().MaximumLength(120).WithMessage("is too long for a slug.");
}

/// <summary>Documents an endpoint for one entry.</summary>
/// <typeparam name="TEndpoint">The endpoint.</typeparam>
public abstract class EntrySummary<TEndpoint> : Summary<TEndpoint>
    where TEndpoint : IEndpoint
{
    /// <summary>Sets the texts.</summary>
    /// <param name="what">The kind of entry, with its article.</param>
    protected EntrySummary(string what)
    {
        Summary = $"Get {what} by id or slug";
        Description = "Redirects from a former slug to the current one, and from a merged entry to the entry it was merged into. A withdrawn entry returns 410.";
        Responses[StatusCodes.Status301MovedPermanently] = "A former slug or a merged entry. Location has the current address.";
        Responses[StatusCodes.Status404NotFound] = "No entry has this id or slug.";
        Responses[StatusCodes.Status410Gone] = "The entry was withdrawn.";
    }
}
