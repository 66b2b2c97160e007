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

/// <summary>Asks for one vocabulary.</summary>
public sealed record GetVocabularyRequest
{
    /// <summary>The vocabulary's name.</summary>
    [Parameter(Example = "specialty")]
    public string Name { get; init; } = "";

    /// <summary>The language of the labels, BCP-47; without it, Accept-Language is taken.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }
}

/// <summary>The bounds of <see cref="GetVocabularyRequest"/>.</summary>
public sealed class GetVocabularyValidator : Validator<GetVocabularyRequest>
{
    /// <summary>Sets the rules.</summary>
    public GetVocabularyValidator() => RuleFor(r => r.Name).MaximumLength(60).WithMessage("is longer than any vocabulary's name.");
}

/// <summary>The documentation of <see cref="GetVocabulary"/>.</summary>
public sealed class GetVocabularySummary : Summary<GetVocabulary>
{
    /// <summary>Sets the texts.</summary>
    public GetVocabularySummary()
    {
        Summary = "Get the terms of a vocabulary";
        Description = "Labels are in the language asked for where there is one; 'language' says which each is in.";
        Responses[StatusCodes.Status404NotFound] = "There is no such vocabulary.";
    }
}

/// <summary>A vocabulary with its terms.</summary>
public sealed record VocabularyTerms
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Label { get; init; }

    /// <summary>What its terms say of an entry.</summary>
    public required string Definition { get; init; }

    /// <summary>Its terms, in the order in which to offer them.</summary>
    public required IReadOnlyList<VocabularyTerm> Terms { get; init; }
}

/// <summary>A term.</summary>
public sealed record VocabularyTerm
{
    /// <summary>The code that entries hold and parameters take.</summary>
    public required string Code { get; init; }

    /// <summary>What to show for it.</summary>
    public required string Label { get; init; }

    /// <summary>The language of the label, BCP-47.</summary>
    public required string Language { get; init; }

    /// <summary>What it means.</summary>
    public required string Definition { get; init; }

    /// <summary>The standard that has the term, where one has.</summary>
    public string? Source { get; init; }

    /// <summary>True when it is no longer used in new entries.</summary>
    public bool? Retired { get; init; }

    /// <summary>The code of the term that took its place, where it was merged into one: whoever asks for either finds both.</summary>
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
                $"No vocabulary is named {Quoted.Of(req.Name)}{(nearest is null ? "" : $"; the nearest is '{nearest}'")}. /v1/vocabularies lists them.")
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
            CacheControl = Answer.KeptLonger,
            ContentLanguage = choice.First ?? default,
        });
    }
}
