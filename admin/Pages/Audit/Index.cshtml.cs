using System.Globalization;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Formats.Tables;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Audit;

/// <summary>Shows the audit log with filters and pages, and exports it as CSV.</summary>
public sealed class IndexModel(AuditLog audit) : ConsolePage
{
    private const int PageSize = 50;

    private Dictionary<string, string> _names = [];
    private IReadOnlyDictionary<Guid, string> _entries = new Dictionary<Guid, string>();
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

    /// <summary>The page starts below this row number.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Below { get; set; }

    public IReadOnlyList<AuditRow> Rows { get; private set; } = [];

    public long? Next { get; private set; }

    public IEnumerable<SelectListItem> Actors => Choices(_actors.Select(a => new SelectListItem(NameOf(a), a)), "Everyone");

    public IEnumerable<SelectListItem> Activities => Choices(_activities.Select(a => new SelectListItem(ActivityLabel(a), a)), "All");

    public async Task OnGetAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        await LoadNamesAsync(session);
        _actors = await AuditReader.ActorsAsync(session, Cancellation);
        _activities = await AuditReader.ActivitiesAsync(session, Cancellation);
        var rows = await AuditReader.ReadAsync(session, await FilterAsync(session), Below, PageSize + 1, Cancellation);
        Rows = [.. rows.Take(PageSize)];
        Next = rows.Count > PageSize ? Rows[^1].Number : null;
        _entries = await EntryStore.NamesAsync(session, Rows.Select(r => IdOf(r.Subject, "entry:")).OfType<Guid>(), Cancellation);
    }

    /// <summary>Streams the same rows as CSV. The export itself is logged first.</summary>
    public async Task<IActionResult> OnGetCsvAsync()
    {
        await Database.TransactAsync(s => audit.AppendAsync(s, Actor, "export", "audit", "csv", Cancellation), Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        await LoadNamesAsync(session);
        Response.ContentType = CsvTable.ContentType;
        Response.Headers.ContentDisposition = "attachment; filename=audit.csv";
        await using var csv = CsvTable.To(Response.Body);
        await csv.WriteRecordAsync(["number", "occurredAt", "actor", "name", "activity", "subject", "detail", "hash"], Cancellation);
        await foreach (var row in AuditReader.StreamAsync(session, await FilterAsync(session)).WithCancellation(Cancellation))
        {
            var number = row.Number.ToString(CultureInfo.InvariantCulture);
            var when = row.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            await csv.WriteRecordAsync([number, when, row.Actor, NameOf(row.Actor), row.Activity, row.Subject, row.Detail ?? "", row.Hash], Cancellation);
        }

        return new EmptyResult();
    }

    /// <summary>Returns a curator's name or the name of a system component.</summary>
    public string NameOf(string actor) => _names.GetValueOrDefault(actor) ?? ActorNames.SystemName(actor);

    /// <summary>Converts an activity code to words: "changeSlug" becomes "Change slug".</summary>
    public static string ActivityLabel(string activity) =>
        string.Concat(activity.Select((c, n) => n == 0 ? char.ToUpperInvariant(c).ToString() : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>Returns the name and link of an entry or curator; null for other subjects.</summary>
    public (string Name, string Url)? SubjectOf(AuditRow row) =>
        IdOf(row.Subject, "entry:") is { } entry && _entries.TryGetValue(entry, out var name) ? (name, $"~/entries/show/{entry}")
        : IdOf(row.Subject, "curator:") is { } curator && _names.TryGetValue(row.Subject, out var person) ? (person, $"~/curators/{curator}")
        : null;

    public string? PageLink(long? below) => Url.Page("/Audit/Index", new
    {
        actor = By,
        Activity,
        Subject,
        From = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        To = To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        below,
    });

    private static Guid? IdOf(string subject, string prefix) =>
        subject.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParse(subject.AsSpan(prefix.Length), out var id) ? id : null;

    private async Task LoadNamesAsync(DbSession session)
    {
        var curators = await CuratorStore.ListAsync(session, Cancellation);
        _names = curators.ToDictionary(c => Actor.Curator(c.CuratorId).Code, c => c.DisplayName);
    }

    /// <summary>Creates the filter. Dates are in the department's time zone, and the last date is included.</summary>
    private async Task<AuditFilter> FilterAsync(DbSession session)
    {
        var settings = await Department.SettingsAsync(Cancellation);
        var zone = settings.Zone();
        DateTimeOffset? Start(DateOnly? day) => day is { } d ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(d.ToDateTime(TimeOnly.MinValue), zone), TimeSpan.Zero) : null;
        return new AuditFilter { Actor = By, Activity = Activity, Subject = await SubjectAsync(session), From = Start(From), Until = Start(To?.AddDays(1)) };
    }

    /// <summary>The subject. People type an entry's name, web address or id.</summary>
    private async Task<string?> SubjectAsync(DbSession session)
    {
        if (Subject?.Trim() is not { Length: > 0 } typed || typed.Contains(':', StringComparison.Ordinal))
        {
            return Subject;
        }

        // A single word can be a subject of its own, such as "settings".
        var found = Guid.TryParse(typed, out var id) ? await EntryStore.FindAsync(session, id, Cancellation)
            : typed.Contains(' ', StringComparison.Ordinal) ? await EntryFinder.FindAsync(session, new EntryFilter { Text = typed }, EntrySort.Name, 0, 1, Cancellation) is [var first, ..] ? first : null
            : await EntryStore.FindBySlugAsync(session, typed, Cancellation);
        return found is null ? typed : $"entry:{found.EntryId}";
    }

    private static IEnumerable<SelectListItem> Choices(IEnumerable<SelectListItem> items, string all) => items.Prepend(new SelectListItem(all, ""));
}
