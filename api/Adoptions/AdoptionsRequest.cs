using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Parameters;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Adoptions;

/// <summary>Which adoptions to give. A parameter repeated means any of its values; different ones mean all.</summary>
public abstract record AdoptionsRequest
{
    /// <summary>States and territories, USPS codes.</summary>
    [Parameter(Codes = CodeSet.State, Example = "CA")]
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>Levels of jurisdiction.</summary>
    [Parameter(Vocabulary = VocabularyNames.JurisdictionLevel, Example = "schoolDistrict")]
    public IReadOnlyList<string> Level { get; init; } = [];

    /// <summary>Jurisdictions, by part of their name or by FIPS code.</summary>
    [Parameter(Example = "Los Angeles")]
    public IReadOnlyList<string> Jurisdiction { get; init; } = [];

    /// <summary>How the adoption stands.</summary>
    [Parameter(Vocabulary = VocabularyNames.AdoptionStatus, Example = "adopted")]
    public IReadOnlyList<string> Status { get; init; } = [];

    /// <summary>Codes of provisions adopted.</summary>
    [Parameter(Example = "no-status-questions")]
    public IReadOnlyList<string> Provision { get; init; } = [];

    /// <summary>Policy actions, by id or slug.</summary>
    [Parameter]
    public IReadOnlyList<string> PolicyAction { get; init; } = [];

    /// <summary>Themes of the policy action.</summary>
    [Parameter(Vocabulary = VocabularyNames.PolicyTheme)]
    public IReadOnlyList<string> Theme { get; init; } = [];
}

/// <summary>Asks for rows of the tracker.</summary>
public sealed record ListAdoptionsRequest : AdoptionsRequest
{
    /// <summary>The page, from 1.</summary>
    [Parameter(Example = "1")]
    public int Page { get; init; } = 1;

    /// <summary>Rows on a page, 100 at most.</summary>
    [Parameter(Example = "20")]
    public int PageSize { get; init; } = 20;
}

/// <summary>The bounds of <see cref="ListAdoptionsRequest"/>.</summary>
public sealed class ListAdoptionsValidator : Validator<ListAdoptionsRequest>
{
    /// <summary>Sets the rules.</summary>
    public ListAdoptionsValidator()
    {
        RuleFor(r => r.Page).InclusiveBetween(1, 10_000).WithMessage("is to be from 1 to 10000.");
        RuleFor(r => r.PageSize).InclusiveBetween(1, 100).WithMessage("is to be from 1 to 100.");
    }
}

/// <summary>Asks for the matrix.</summary>
public sealed record AdoptionMatrixRequest : AdoptionsRequest;

/// <summary>There are no bounds to check.</summary>
public sealed class AdoptionMatrixValidator : Validator<AdoptionMatrixRequest>;
