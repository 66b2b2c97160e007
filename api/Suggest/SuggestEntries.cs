using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Suggest;

/// <summary>Parameters for suggestions while typing.</summary>
public sealed record SuggestEntriesRequest
{
    /// <summary>The text typed so far.</summary>
    [Parameter(Example = "immig", MaxLength = QuestionText.MaxLength)]
    public string Q { get; init; } = "";

    /// <summary>The reader's language, BCP-47.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }

    /// <summary>Kinds of entry; the default is all.</summary>
    [Parameter(Codes = CodeSet.Kind, Example = "provider")]
    public IReadOnlyList<string> Kind { get; init; } = [];

    /// <summary>The maximum number of suggestions.</summary>
    [Parameter(Example = "8")]
    public int Limit { get; init; } = 8;
}

/// <summary>Validates a <see cref="SuggestEntriesRequest"/>.</summary>
public sealed class SuggestEntriesValidator : Validator<SuggestEntriesRequest>
{
    /// <summary>Sets the rules.</summary>
    public SuggestEntriesValidator()
    {
        RuleFor(r => r.Q).NotEmpty().WithMessage("is required. Send the text typed so far.");
        RuleFor(r => r.Q).Must(q => QuestionText.Fault(q) is null).WithMessage(r => QuestionText.Fault(r.Q));
        RuleFor(r => r.Limit).InclusiveBetween(1, 20).WithMessage("must be between 1 and 20.");
    }
}

/// <summary>The documentation of <see cref="SuggestEntries"/>.</summary>
public sealed class SuggestEntriesSummary : Summary<SuggestEntries>
{
    /// <summary>Sets the texts.</summary>
    public SuggestEntriesSummary()
    {
        Summary = "Suggest while typing";
        Description = "Entries, terms and places whose names begin with the words typed so far.";
    }
}

/// <summary>Suggestions while typing.</summary>
public sealed record SuggestionList
{
    /// <summary>Suggestions, best first.</summary>
    public required IReadOnlyList<SuggestedSearch> Items { get; init; }

    /// <summary>Set if the text mentions danger.</summary>
    public Notice? Notice { get; init; }

    /// <summary>Hotlines to call now, if the text mentions danger. Show them above the items.</summary>
    public IReadOnlyList<Hotline>? Hotlines { get; init; }
}

/// <summary>A suggestion: an entry, a value to filter on, or a place.</summary>
public sealed record SuggestedSearch
{
    /// <summary>The suggested text.</summary>
    public required string Text { get; init; }

    /// <summary>What it is.</summary>
    public required SuggestionType Type { get; init; }

    /// <summary>The number of entries it finds.</summary>
    public required int Count { get; init; }

    /// <summary>The address of the entry; only for entries.</summary>
    public string? Link { get; init; }

    /// <summary>The parameter to filter on; missing for entries and for cities, which are searched as words.</summary>
    public string? Parameter { get; init; }

    /// <summary>The value of "parameter".</summary>
    public string? Value { get; init; }
}

/// <summary>GET /v1/suggest</summary>
public sealed class SuggestEntries(PublishedDirectory directory, DirectoryQuestions questions, Messages messages, Hotlines hotlines) : DirectoryEndpoint<SuggestEntriesRequest, SuggestionList>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/suggest");

    /// <inheritdoc/>
    public override Task HandleAsync(SuggestEntriesRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(HttpContext);
        }

        var snapshot = directory.Current;
        var choice = LanguageChoice.Of(req.Lang, HttpContext.Request);
        var question = questions.Reader.Read(req.Q, choice.First, []);
        var isCrisis = question.Crisis.Count > 0;
        var found = snapshot.Suggest(req.Q, choice.First, [.. req.Kind.Select(EntryKinds.Parse)], req.Limit);
        var writer = new EntryWriter(choice);
        var list = new SuggestionList
        {
            Items = [.. found.Select(s => new SuggestedSearch
            {
                Text = s.Entry is null ? s.Text : writer.NameOf(s.Entry.Body.Span),
                Type = s.Type,
                Count = s.Count,
                Link = s.Entry is { } entry ? $"{HttpContext.Request.PathBase}/v1/{entry.Kind.Path()}/{entry.Slug}" : null,
                Parameter = s.Field?.Name,
                Value = s.Value,
            })],
            Notice = isCrisis ? messages.Notice("crisis." + question.Crisis[0], choice) with { Code = "crisis", Kind = question.Crisis[0] } : null,
            Hotlines = isCrisis ? hotlines.For(question.Crisis, snapshot, new SearchQuery { Places = question.Place is { } named ? [SearchPlace.Of(named)] : [] }, choice) : null,
        };
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(list, ApiJson.Options), snapshot.Mark) { Generation = snapshot.Generation });
    }
}
