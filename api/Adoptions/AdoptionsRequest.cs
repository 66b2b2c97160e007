using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Parameters;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Adoptions;

/// <summary>Filters for adoptions. A repeated parameter matches any of its values; different parameters must all match.</summary>
public abstract record AdoptionsRequest
{
    /// <summary>States and territories, USPS codes.</summary>
    [Parameter(Codes = CodeSet.State, Example = "CA")]
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>Levels of jurisdiction.</summary>
    [Parameter(Vocabulary = VocabularyNames.JurisdictionLevel, Example = "schoolDistrict")]
    public IReadOnlyList<string> Level { get; init; } = [];

    /// <summary>Jurisdictions, by part of the name or by FIPS code.</summary>
    [Parameter(Example = "Los Angeles")]
    public IReadOnlyList<string> Jurisdiction { get; init; } = [];

    /// <summary>Status of the adoption.</summary>
    [Parameter(Vocabulary = VocabularyNames.AdoptionStatus, Example = "adopted")]
    public IReadOnlyList<string> Status { get; init; } = [];

    /// <summary>Codes of adopted provisions.</summary>
    [Parameter(Example = "no-status-questions")]
    public IReadOnlyList<string> Provision { get; init; } = [];

    /// <summary>Policy actions, by id or slug.</summary>
    [Parameter]
    public IReadOnlyList<string> PolicyAction { get; init; } = [];

    /// <summary>Themes of the policy action.</summary>
    [Parameter(Vocabulary = VocabularyNames.PolicyTheme)]
    public IReadOnlyList<string> Theme { get; init; } = [];

    /// <summary>A day (YYYY-MM-DD): adoptions with the status that they had on it.</summary>
    [Parameter(Example = "2020-01-01")]
    public DateOnly? AsOf { get; init; }
}

/// <summary>A request for rows of the tracker.</summary>
public sealed record ListAdoptionsRequest : AdoptionsRequest
{
    /// <summary>The page number, starting at 1.</summary>
    [Parameter(Example = "1")]
    public int Page { get; init; } = 1;

    /// <summary>Rows per page, at most 100.</summary>
    [Parameter(Example = "20")]
    public int PageSize { get; init; } = 20;
}

/// <summary>Validates a <see cref="ListAdoptionsRequest"/>.</summary>
public sealed class ListAdoptionsValidator : Validator<ListAdoptionsRequest>
{
    /// <summary>Defines the rules.</summary>
    public ListAdoptionsValidator()
    {
        RuleFor(r => r.Page).InclusiveBetween(1, 10_000).WithMessage("must be between 1 and 10000.");
        RuleFor(r => r.PageSize).InclusiveBetween(1, 100).WithMessage("must be between 1 and 100.");
    }
}

/// <summary>A request for the matrix.</summary>
public sealed record AdoptionMatrixRequest : AdoptionsRequest;

/// <summary>Nothing to validate.</summary>
public sealed class AdoptionMatrixValidator : Validator<AdoptionMatrixRequest>;
