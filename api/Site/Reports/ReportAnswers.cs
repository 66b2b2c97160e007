using System.Data.Common;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Api.Site.Reports;

/// <summary>Reports from the public about one entry: the same suggestions that the API takes, from a form.</summary>
public sealed class ReportAnswers(SiteFrame frame, PublishedDirectory directory, Database database, SuggestionStore suggestions, EntryPageAnswers entries)
{
    private const int LongestMessage = 2_000;

    /// <summary>What can be wrong, and the field of the entry that it names.</summary>
    public static IReadOnlyList<(string Code, string? Field)> Parts { get; } =
    [
        ("phone", "phones"), ("address", "locations"), ("hours", "hours"), ("languages", "languages"), ("cost", "cost"),
        ("papers", "eligibility"), ("closed", null), ("treatment", null), ("other", null),
    ];

    /// <summary>Shows the form.</summary>
    public Task ShowAsync(HttpContext context, SiteText text, EntryKind kind, string slug) =>
        Find(kind, slug) is { } found ? SendAsync(context, Page(context, found, text, part: context.Request.Query["part"]), StatusCodes.Status200OK)
        : entries.MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);

    /// <summary>Takes a report.</summary>
    public async Task TakeAsync(HttpContext context, SiteText text, EntryKind kind, string slug)
    {
        if (Find(kind, slug) is not { } found)
        {
            await entries.MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var part = Parts.FirstOrDefault(p => p.Code == form["part"]);
        var message = form["message"].ToString().Trim();
        if (message.Length > LongestMessage || (message.Length == 0 && part.Code is null or "other"))
        {
            await SendAsync(context, Page(context, found, text, message, part.Code, text[message.Length == 0 ? "report.empty" : "error.long"]), StatusCodes.Status400BadRequest);
            return;
        }

        // A program fills in the hidden field too; it is told what everybody is told.
        if (form["website"].ToString().Length == 0)
        {
            try
            {
                WritePatience.ForRequest();
                await using var session = await database.As(DatabaseAccess.Suggestions).OpenAsync(context.RequestAborted);
                var words = part.Code is null ? message : $"{text[$"report.{part.Code}"]}. {message}".Trim();
                await suggestions.AddAsync(session, found.Id, kind, part.Field, words, context.RequestAborted);
            }
            catch (DbException)
            {
                await SendAsync(context, Page(context, found, text, message, part.Code, text["report.later"]), StatusCodes.Status503ServiceUnavailable);
                return;
            }
        }

        await SendAsync(context, Page(context, found, text, isSent: true), StatusCodes.Status202Accepted);
    }

    private static Task SendAsync(HttpContext context, ReportPage page, int status) => context.SendPageAsync(Report.Create(page), SiteAnswers.Private, status);

    private IndexedEntry? Find(EntryKind kind, string slug) => directory.IsReady ? directory.Current.FindBySlug(kind, slug) : null;

    private ReportPage Page(HttpContext context, IndexedEntry found, SiteText text, string? message = null, string? part = null, string? error = null, bool isSent = false)
    {
        var name = EntryPageAnswers.Localized(found, text).Name;
        var path = $"/{found.Kind.Path()}/{found.Slug}";
        return new ReportPage(frame, text)
        {
            Embed = Embedding.Of(context.Request),
            Title = text.Fill("report.title", ("name", name)),
            Path = $"{path}/report",
            MayBeIndexed = false,
            Name = name,
            EntryPath = path,
            Message = message,
            Field = part,
            Error = error,
            IsSent = isSent,
        };
    }
}
