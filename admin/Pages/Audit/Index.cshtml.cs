using System.Globalization;
using System.Text;
using HealthEquity.Db.Auditing;
using HealthEquity.Db.Curators;
using HealthEquity.Db.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Audit;

/// <summary>The audit log: filtered, paged, and as a file.</summary>
public sealed class IndexModel(Department department) : ConsolePage
{
    private const int PageSize = 50;

    private Dictionary<string, string> _names = [];
    private IReadOnlyList<string> _actors = [];
    private IReadOnlyList<string> _activities = [];

    [BindProperty(SupportsGet = true, Name = "actor")]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Activity { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>The page begins below this number.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Below { get; set; }

    public IReadOnlyList<AuditRow> Rows { get; private set; } = [];

    public long? Next { get; private set; }

    public IEnumerable<SelectListItem> Actors => Choices(_actors.Select(a => new SelectListItem(NameOf(a), a)), "Everybody");

    public IEnumerable<SelectListItem> Activities => Choices(_activities.Select(a => new SelectListItem(a, a)), "All");

    public async Task OnGetAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        await LoadNamesAsync(session);
        _actors = await AuditReader.ActorsAsync(session, Cancellation);
        _activities = await AuditReader.ActivitiesAsync(session, Cancellation);
        var rows = await AuditReader.ReadAsync(session, await FilterAsync(), Below, PageSize + 1, Cancellation);
        Rows = [.. rows.Take(PageSize)];
        Next = rows.Count > PageSize ? Rows[^1].Number : null;
    }

    /// <summary>The same rows as a file, sent as they are read.</summary>
    public async Task<IActionResult> OnGetCsvAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        await LoadNamesAsync(session);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=audit.csv";
        await using var text = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await text.WriteAsync(Csv.Row("number", "occurredAt", "actor", "name", "activity", "subject", "detail", "hash"));
        await foreach (var row in AuditReader.StreamAsync(session, await FilterAsync()).WithCancellation(Cancellation))
        {
            var number = row.Number.ToString(CultureInfo.InvariantCulture);
            var when = row.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            await text.WriteAsync(Csv.Row(number, when, row.Actor, NameOf(row.Actor), row.Activity, row.Subject, row.Detail, row.Hash));
        }

        return new EmptyResult();
    }

    /// <summary>A curator's name, or what a part of the product is called.</summary>
    public string NameOf(string actor) => _names.GetValueOrDefault(actor, actor);

    public string? PageLink(long? below) => Url.Page("/Audit/Index", new
    {
        actor = By,
        Activity,
        Subject,
        From = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        To = To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        below,
    });

    private async Task LoadNamesAsync(DbSession session)
    {
        var curators = await CuratorStore.ListAsync(session, Cancellation);
        _names = curators.ToDictionary(c => Actor.Curator(c.CuratorId).Code, c => c.DisplayName);
    }

    /// <summary>Days are the department's own; the last is included.</summary>
    private async Task<AuditFilter> FilterAsync()
    {
        var settings = await department.SettingsAsync(Cancellation);
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        DateTimeOffset? Start(DateOnly? day) => day is { } d ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(d.ToDateTime(TimeOnly.MinValue), zone), TimeSpan.Zero) : null;
        return new AuditFilter { Actor = By, Activity = Activity, Subject = Subject, From = Start(From), Until = Start(To?.AddDays(1)) };
    }

    private static IEnumerable<SelectListItem> Choices(IEnumerable<SelectListItem> items, string all) => items.Prepend(new SelectListItem(all, ""));
}
