using System.Buffers;
using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Lists;

namespace HealthEquity.Api.Lists;

/// <summary>A request for one curated list.</summary>
public sealed record GetCuratedListRequest
{
    /// <summary>The slug of the list.</summary>
    [Parameter(Example = "lincoln-families")]
    public string Slug { get; init; } = "";

    /// <summary>The language of the texts, BCP-47. Defaults to Accept-Language.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }
}

/// <summary>Validates a <see cref="GetCuratedListRequest"/>.</summary>
public sealed class GetCuratedListValidator : Validator<GetCuratedListRequest>
{
    /// <summary>Defines the rules.</summary>
    public GetCuratedListValidator() =>
        RuleFor(r => r.Slug).MaximumLength(CuratedListStore.MaxSlugLength).WithMessage("is too long for the slug of a list.");
}

/// <summary>Documents <see cref="GetCuratedList"/>.</summary>
public sealed class GetCuratedListSummary : Summary<GetCuratedList>
{
    /// <summary>Sets the texts.</summary>
    public GetCuratedListSummary()
    {
        Summary = "Get a curated list";
        Description =
            "The entries of a list in the curator's order, as they are in the directory now. An entry that was merged is replaced by the entry that it "
            + "was merged into. An entry that was taken down has no 'entry'. 'takenDown', 'merged' and 'overdue' count what a reader should know.";
        Responses[StatusCodes.Status404NotFound] = "Unknown list.";
        Responses[StatusCodes.Status410Gone] = "The list was taken down.";
    }
}

/// <summary>A curated list with its entries.</summary>
public sealed record CuratedListAnswer
{
    /// <summary>The list's slug, its permanent address.</summary>
    public required string Slug { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The language of the title, BCP-47.</summary>
    public required string Language { get; init; }

    /// <summary>A note above the entries.</summary>
    public string? Note { get; init; }

    /// <summary>The language of the note, BCP-47.</summary>
    public string? NoteLanguage { get; init; }

    /// <summary>Who it is for.</summary>
    public string? Audience { get; init; }

    /// <summary>When the list was last changed, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The number of entries that were taken down.</summary>
    public required int TakenDown { get; init; }

    /// <summary>The number of entries that were merged into another.</summary>
    public required int Merged { get; init; }

    /// <summary>The number of entries whose check is overdue.</summary>
    public required int Overdue { get; init; }

    /// <summary>The entries, in order.</summary>
    public required IReadOnlyList<CuratedListItem> Items { get; init; }
}

/// <summary>An entry on a curated list.</summary>
public sealed record CuratedListItem
{
    /// <summary>Its place, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>The id that the curator chose.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whether it is in the directory, was merged into another entry, or was taken down.</summary>
    public required ListedStatus Status { get; init; }

    /// <summary>The curator's note about it.</summary>
    public string? Note { get; init; }

    /// <summary>The language of the note, BCP-47.</summary>
    public string? NoteLanguage { get; init; }

    /// <summary>The entry, or the one that it was merged into; absent if it was taken down.</summary>
    public Entry? Entry { get; init; }
}

/// <summary>GET /v1/lists/{slug}</summary>
public sealed class GetCuratedList(PublishedDirectory directory, PublishedLists lists) : DirectoryEndpoint<GetCuratedListRequest, CuratedListAnswer>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/v1/lists/{slug}");
        Description(b => b
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status410Gone, Problem.MediaType));
    }

    /// <inheritdoc/>
    public override Task HandleAsync(GetCuratedListRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(HttpContext);
        }

        if (lists.Find(req.Slug) is not { } list)
        {
            var nearest = Nearest.Of(req.Slug, lists.All.Select(l => l.Slug));
            return Problem.Of(
                StatusCodes.Status404NotFound,
                $"No list has the slug {Quoted.Of(req.Slug)}.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} See /v1/lists for all lists.").SendAsync(HttpContext);
        }

        if (list.Content is not { } content)
        {
            return Problem.Of(StatusCodes.Status410Gone, "This list was taken down.").SendAsync(HttpContext);
        }

        var choice = LanguageChoice.Of(req.Lang, HttpContext.Request);
        var snapshot = directory.Current;
        return HttpContext.SendAsync(new Answer(Write(list, content, ListedEntries.Of(content, snapshot), choice), snapshot.Mark)
        {
            Generation = snapshot.Generation,
            ContentLanguage = choice.First ?? default,
        });
    }

    private static byte[] Write(PublishedList list, ListContent content, IReadOnlyList<ListedEntry> entries, LanguageChoice choice)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        var (title, language) = TextChoice.Of(content.Titles, choice) ?? (list.Slug, "en");
        writer.WriteStartObject();
        writer.WriteString("slug", list.Slug);
        writer.WriteString("title", title);
        writer.WriteString("language", language);
        WriteNote(writer, content.Notes, choice);
        if (content.Audience is { } audience)
        {
            writer.WriteString("audience", audience);
        }

        writer.WriteString("changedAt", list.ChangedAt);
        writer.WriteNumber("takenDown", entries.Count(e => e.Status == ListedStatus.TakenDown));
        writer.WriteNumber("merged", entries.Count(e => e.Status == ListedStatus.Merged));
        writer.WriteNumber("overdue", entries.Count(e => e.Entry is { Overdue: true }));
        writer.WriteStartArray("items");
        var document = new ArrayBufferWriter<byte>(4 * 1024);
        foreach (var entry in entries)
        {
            WriteItem(writer, entry, document, choice);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenSpan.ToArray();
    }

    private static void WriteItem(Utf8JsonWriter writer, ListedEntry entry, ArrayBufferWriter<byte> document, LanguageChoice choice)
    {
        writer.WriteStartObject();
        writer.WriteNumber("position", entry.Position);
        writer.WriteString("id", entry.Id);
        writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(entry.Status.ToString()));
        WriteNote(writer, entry.Notes, choice);
        if (entry.Entry is { } found)
        {
            document.ResetWrittenCount();
            new EntryWriter(choice).Write(document, found.Body.Span);
            writer.WritePropertyName("entry");
            writer.WriteRawValue(document.WrittenSpan, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static void WriteNote(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> notes, LanguageChoice choice)
    {
        if (TextChoice.Of(notes, choice) is var (note, language))
        {
            writer.WriteString("note", note);
            writer.WriteString("noteLanguage", language);
        }
    }
}
