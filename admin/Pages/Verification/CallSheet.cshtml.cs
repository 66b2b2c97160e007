using System.Text.Json;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Db;
using HealthEquity.Db.Curators;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Settings;
using HealthEquity.Db.Verification;
using HealthEquity.Db.Vocabularies;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Verification;

/// <summary>What to ask of an entry, whom to call, and what came of it.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class CallSheetModel(EditorialStores stores, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public string Method { get; set; } = "";

    [BindProperty]
    public string Outcome { get; set; } = "";

    [BindProperty]
    public DateOnly? CheckedOn { get; set; }

    [BindProperty]
    public string? Evidence { get; set; }

    [BindProperty]
    public string? Remark { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public Entry Entry { get; private set; } = null!;

    public IReadOnlyList<Question> Questions { get; private set; } = [];

    public IReadOnlyList<RegistryLink> Registries { get; private set; } = [];

    public IReadOnlyList<Db.Verification.Verification> Earlier { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public DirectorySettings Settings { get; private set; } = null!;

    public DateOnly Today => DateOnly.FromDateTime(stores.Clock.GetUtcNow().UtcDateTime);

    /// <summary>How often in a row nobody was reached.</summary>
    public int Unreached => Earlier.TakeWhile(c => c.Outcome == "unreachable").Count();

    public bool ProposesSuspension => Row.Listing == Listing.Published && Unreached >= Settings.UnreachedTries;

    /// <summary>When the next check is due if it is confirmed today.</summary>
    public DateOnly NextDue => Settings.DueOn(Row.Kind, Today);

    public async Task OnGetAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, Id, Row.LatestRevision, Cancellation)).Body);
        Earlier = await VerificationStore.ListAsync(session, Id, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Settings = await SettingStore.ReadAsync(session, Cancellation);
        Questions = Question.Of(Entry, Earlier, Vocabularies);
        Registries = RegistryLink.Of(Entry);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await OnGetAsync();
        if (Vocabularies.Find(VocabularyNames.VerificationMethod, Method) is null)
        {
            ModelState.AddModelError(nameof(Method), "Choose how you checked.");
        }

        if (Vocabularies.Find(VocabularyNames.VerificationOutcome, Outcome) is null)
        {
            ModelState.AddModelError(nameof(Outcome), "Choose what came of it.");
        }

        if (CheckedOn is null)
        {
            ModelState.AddModelError(nameof(CheckedOn), "Enter the day of the check.");
        }

        var check = new Db.Verification.Verification
        {
            EntryId = Id,
            Method = Method,
            Outcome = Outcome,
            CheckedOn = CheckedOn ?? Today,
            Evidence = Evidence,
            Note = Remark,
            FieldOutcomes = FieldOutcomes(),
        };
        if (ModelState.ErrorCount > 0 || !await TryAsync(s => stores.Verifications.RecordAsync(s, check, Actor, Cancellation)))
        {
            return Page();
        }

        var changed = Questions.Any(q => Answer(q.Path) == "changed");
        Notice = Outcome == Db.Verification.Verification.Confirmed
            ? $"Confirmed. Next check by {Settings.DueOn(Row.Kind, check.CheckedOn):yyyy-MM-dd}."
            : changed ? "Recorded. Now put right what has changed." : "Recorded.";
        return changed ? RedirectToPage("/Entries/Edit", new { id = Id }) : RedirectToPage("/Entries/Show", new { id = Id });
    }

    /// <summary>What was said of a field: right, changed, wrong, or nothing.</summary>
    public string Answer(string path) => Request.HasFormContentType ? Request.Form["field:" + path].ToString() : "";

    private string? FieldOutcomes()
    {
        var outcomes = Questions.Select(q => (q.Path, Answer: Answer(q.Path))).Where(a => a.Answer is "confirmed" or "changed" or "wrong")
            .ToDictionary(a => a.Path, a => a.Answer);
        return outcomes.Count == 0 ? null : JsonSerializer.Serialize(outcomes);
    }
}

/// <summary>Something to ask: a field, what stands in it, and what was found the last time.</summary>
public sealed partial record Question(string Path, string Label, string Text, string? Last)
{
    private static readonly string[] Asked =
    [
        "phones", "emails", "website", "locations", "hours", "intakeHours", "serviceArea", "remoteService", "languages", "cost", "eligibility", "capacity",
        "licences", "barAdmissions", "dojAccreditation", "practiceAreas", "detainedDocket", "intakePolicy", "functions", "editions", "adoptions",
        "startsAt", "url", "registrationUrl",
    ];

    /// <summary>What to ask of an entry, in the order of its form.</summary>
    public static IReadOnlyList<Question> Of(Entry entry, IReadOnlyList<Db.Verification.Verification> earlier, VocabularySet vocabularies)
    {
        var last = earlier.Where(c => c.FieldOutcomes is not null).Select(c => JsonSerializer.Deserialize<Dictionary<string, string>>(c.FieldOutcomes!)!).FirstOrDefault() ?? [];
        var fields =
            from change in EntryComparison.Compare(null, entry)
            where Asked.Contains(change.Path.Split('.', '[')[0]) && change.After is not null && !Minor(change.Path)
            let called = ChangeView.Called(entry.Kind, change.Path)
            where called.Field is { Editorial: false }
            orderby Array.IndexOf(Asked, change.Path.Split('.', '[')[0])
            select (change.Path, called.Label, Text: ChangeView.Worded(called.Field, change.After, vocabularies)!);
        return
        [
            .. from field in fields
               group field by InOneBreath().Match(field.Path) is { Success: true } part ? part.Value : field.Path into asked
               select new Question(
                   asked.Key,
                   asked.Key == asked.First().Path ? asked.First().Label : ChangeView.Called(entry.Kind, asked.Key).Label,
                   asked.Key.Contains(".times[", StringComparison.Ordinal) ? Time([.. asked.Select(f => f.Text)]) : string.Join(", ", asked.Select(f => f.Text)),
                   last.GetValueOrDefault(asked.Key)),
        ];
    }

    private static string Time(string[] time) => time is [var day, var opens, var closes] ? $"{EntryFormView.Capital(day)}, {opens}–{closes}" : string.Join(", ", time);

    /// <summary>Parts that are one question on the telephone: "Mondays from eight to five?"</summary>
    [GeneratedRegex(@"^(?:(?:hours|intakeHours)\.times|languages|emails)\[\d+\]")]
    private static partial Regex InOneBreath();

    private static bool Minor(string path) => path.EndsWith("atitude", StringComparison.Ordinal) || path.EndsWith("ongitude", StringComparison.Ordinal)
        || path.EndsWith("country", StringComparison.Ordinal) || path.EndsWith("visibility", StringComparison.Ordinal) || path.EndsWith("timeZone", StringComparison.Ordinal);
}
