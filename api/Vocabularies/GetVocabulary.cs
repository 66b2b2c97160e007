using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Vocabularies;

/// <summary>A request for one vocabulary.</summary>
public sealed record GetVocabularyRequest
{
    /// <summary>The name of the vocabulary.</summary>
    [Parameter(Example = "specialty")]
    public string Name { get; init; } = "";

    /// <summary>The language of the labels, BCP-47. Defaults to Accept-Language.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }
}

/// <summary>Validates a <see cref="GetVocabularyRequest"/>.</summary>
public sealed class GetVocabularyValidator : Validator<GetVocabularyRequest>
{
    /// <summary>Defines the rules.</summary>
    public GetVocabularyValidator() => RuleFor(r => r.Name).MaximumLength(60).WithMessage("is too long for a vocabulary name.");
}

/// <summary>Documents <see cref="GetVocabulary"/>.</summary>
public sealed class GetVocabularySummary : Summary<GetVocabulary>
{
    /// <summary>Sets the texts.</summary>
    public GetVocabularySummary()
    {
        Summary = "Get the terms of a vocabulary";
        Description = "Labels are in the requested language if available. 'language' is the language of each label.";
        Responses[StatusCodes.Status404NotFound] = "Unknown vocabulary.";
    }
}

/// <summary>A vocabulary with its terms.</summary>
public sealed record VocabularyTerms
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Label { get; init; }

    /// <summary>What its terms describe.</summary>
    public required string Definition { get; init; }

    /// <summary>Its terms, in display order.</summary>
    public required IReadOnlyList<VocabularyTerm> Terms { get; init; }
}

/// <summary>A term.</summary>
public sealed record VocabularyTerm
{
    /// <summary>The code in entries and parameters.</summary>
    public required string Code { get; init; }

    /// <summary>The label.</summary>
    public required string Label { get; init; }

    /// <summary>The language of the label, BCP-47.</summary>
    public required string Language { get; init; }

    /// <summary>What it means.</summary>
    public required string Definition { get; init; }

    /// <summary>The standard that defines the term, if any.</summary>
    public string? Source { get; init; }

    /// <summary>True if it is no longer used in new entries.</summary>
    public bool? Retired { get; init; }

    /// <summary>The code of the term that it was merged into. Filtering by either finds both.</summary>
    public string? MergedInto { get; init; }
}

/// <summary>GET /v1/vocabularies/{name}</summary>
public sealed class GetVocabulary(PublishedDirectory directory, DirectoryVocabularies vocabularies) : DirectoryEndpoint<GetVocabularyRequest, VocabularyTerms>
{
    /// <inheritdoc/>
    public override void Configure() => ReadsOne("/v1/vocabularies/{name}", moves: false);

    /// <inheritdoc/>
    public override Task HandleAsync(GetVocabularyRequest req, CancellationToken ct)
    {
        var generation = directory.Generation;
        if (vocabularies.Current.Find(req.Name) is not { } vocabulary)
        {
            var nearest = Nearest.Of(req.Name, vocabularies.Current.All.Select(v => v.Name));
            return Problem.Of(
                StatusCodes.Status404NotFound,
                $"Unknown vocabulary {Quoted.Of(req.Name)}.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} See /v1/vocabularies for all names.")
                .SendAsync(HttpContext);
        }

        var choice = LanguageChoice.Of(req.Lang, HttpContext.Request);
        var terms = vocabulary.Terms.Select(term =>
        {
            var (label, language) = TermLabels.Of(term, choice);
            return new VocabularyTerm
            {
                Code = term.Code,
                Label = label,
                Language = language,
                Definition = term.Definition,
                Source = term.Source,
                Retired = term.Retired ? true : null,
                MergedInto = term.MergedInto is null ? null : vocabularies.Current.ResolveMergedCode(vocabulary.Name, term.Code),
            };
        });
        var answer = new VocabularyTerms { Name = vocabulary.Name, Label = vocabulary.Label, Definition = vocabulary.Definition, Terms = [.. terms] };
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Options), directory.Current.Mark)
        {
            Generation = generation,
            CacheControl = Answer.StaleAllowed,
            ContentLanguage = choice.First ?? default,
        });
    }
}
