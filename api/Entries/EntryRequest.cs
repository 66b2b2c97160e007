using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Parameters;

namespace HealthEquity.Api.Entries;

/// <summary>Asks for one entry.</summary>
public sealed record EntryRequest
{
    /// <summary>The entry's id (a UUID) or its slug.</summary>
    [Parameter(Example = "988-suicide-and-crisis-lifeline")]
    public string IdOrSlug { get; init; } = "";

    /// <summary>The language to answer in, BCP-47; without it, Accept-Language is taken, and without that the entry's own.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }
}

/// <summary>The bounds of <see cref="EntryRequest"/>.</summary>
public sealed class EntryRequestValidator : Validator<EntryRequest>
{
    /// <summary>Sets the rules.</summary>
    public EntryRequestValidator() => RuleFor(r => r.IdOrSlug).NotEmpty().MaximumLength(120).WithMessage("is longer than any slug.");
}

/// <summary>The documentation of an endpoint that gives one entry.</summary>
/// <typeparam name="TEndpoint">The endpoint.</typeparam>
public abstract class EntrySummary<TEndpoint> : Summary<TEndpoint>
    where TEndpoint : IEndpoint
{
    /// <summary>Sets the texts.</summary>
    /// <param name="what">What the entry is, with its article.</param>
    protected EntrySummary(string what)
    {
        Summary = $"Get {what} by id or slug";
        Description = "A former slug redirects to the present one, and the id or slug of an entry that was merged into another to that one. An entry that was taken out of the directory answers 410.";
        Responses[StatusCodes.Status301MovedPermanently] = "A former slug, or an entry that was merged into another: Location has the present address.";
        Responses[StatusCodes.Status404NotFound] = "No entry has this id or slug.";
        Responses[StatusCodes.Status410Gone] = "The entry was withdrawn.";
    }
}
