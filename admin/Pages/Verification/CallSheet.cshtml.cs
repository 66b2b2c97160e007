using System.Text.Json;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Verification;

/// <summary>What to ask of an entry, whom to call, and what came of it.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class CallSheetModel(Publisher publisher, VerificationStore verifications, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>The revision that the curator had in front of them.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string Method { get; set; } = "";

    [BindProperty]
    public string Outcome { get; set; } = "";

    [BindProperty]
    public DateOnly? CheckedOn { get; set; }

    /// <summary>The day of the next check, where it is to be sooner than it would be.</summary>
    [BindProperty]
    public DateOnly? NextOn { get; set; }

    /// <summary>A suspended entry is to be public again when it is confirmed.</summary>
    [BindProperty]
    public bool Resume { get; set; }

    [BindProperty]
    public string? Evidence { get; set; }

    [BindProperty]
    public string? Remark { get; set; }

    public EntryRow Row { get; private set; } = null!;

    /// <summary>The text that the check vouches for: the public one where there is one.</summary>
    public Entry Entry { get; private set; } = null!;

    /// <summary>Why a check is asked for before its time.</summary>
    public CheckRequest? Asked { get; private set; }

    public IReadOnlyList<Question> Questions { get; private set; } = [];

    public IReadOnlyList<RegistryLink> Registries { get; private set; } = [];

    public IReadOnlyList<VerificationRecord> Earlier { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public DirectorySettings Settings { get; private set; } = null!;

    /// <summary>The day that it is where the department is.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>How often in a row nobody was reached.</summary>
    public int Unreached => Earlier.TakeWhile(c => c.Outcome == "unreachable").Count();

    public bool ProposesSuspension => Row.Listing == Listing.Published && Unreached >= Settings.UnreachedTries;

    public bool MayResume => Row is { Listing: Listing.Suspended, PublishedRevision: not null };

    /// <summary>When the next check is due at the latest, if it is confirmed on that day.</summary>
    public DateOnly NextDue => Settings.DueOn(Row.Kind, CheckedOn ?? Today);

    public async Task OnGetAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, Id, Row.CheckedRevision, Cancellation)).Body);
        Asked = await CheckRequests.FindAsync(session, [Id], Cancellation) is [var asked, ..] ? asked : null;
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

        var check = new VerificationRecord
        {
            EntryId = Id,
            Revision = Revision,
            Method = Method,
            Outcome = Outcome,
            CheckedOn = CheckedOn ?? Today,
            Evidence = Evidence,
            Note = Remark,
            FieldOutcomes = FieldOutcomes(),
        };
        var confirmed = Outcome == VerificationRecord.Confirmed;
        var resume = Resume && confirmed && MayResume;
        if (ModelState.ErrorCount > 0 || !await TryAsync(s => RecordAsync(s, check, resume)))
        {
            return Page();
        }

        var differs = check.Differing().Count > 0;
        Notice = confirmed ? $"Confirmed{(resume ? ", and public again" : "")}. Next check by {NextOn ?? NextDue:yyyy-MM-dd}."
            : $"Recorded.{(NextOn is null ? "" : $" Next check by {NextOn:yyyy-MM-dd}.")}{(differs ? " Now put right what is wrong or has changed." : "")}";
        return differs ? RedirectToPage("/Entries/Edit", new { id = Id }) : RedirectToPage("/Entries/Show", new { id = Id });
    }

    private async Task RecordAsync(DbSession session, VerificationRecord check, bool resume)
    {
        await verifications.RecordAsync(session, check, Actor, Cancellation, NextOn);
        if (resume)
        {
            await publisher.ResumeAsync(session, Id, Actor, "Confirmed.", Cancellation);
        }
    }

    /// <summary>What was said of a field: right, changed, wrong, or nothing.</summary>
    public string Answer(string path) => Request.HasFormContentType ? Request.Form["field:" + path].ToString() : "";

    private string? FieldOutcomes()
    {
        var outcomes = Questions.Select(q => (q.Path, Answer: Answer(q.Path))).Where(a => Question.Answers.ContainsKey(a.Answer))
            .ToDictionary(a => a.Path, a => a.Answer);
        return outcomes.Count == 0 ? null : JsonSerializer.Serialize(outcomes);
    }
}

/// <summary>Something to ask: a field, what stands in it, and what was found the last time.</summary>
public sealed partial record Question(string Path, string Label, string Text, string? Last)
{
    /// <summary>What can be said of a field, by code.</summary>
    public static readonly IReadOnlyDictionary<string, string> Answers =
        new Dictionary<string, string> { ["confirmed"] = "Right", ["changed"] = "Has changed", ["wrong"] = "Wrong" };

    private static readonly string[] Asked =
    [
        "phones", "emails", "website", "locations", "hours", "intakeHours", "serviceArea", "remoteService", "languages", "cost", "eligibility", "capacity",
        "licenses", "barAdmissions", "dojAccreditation", "practiceAreas", "detainedDocket", "intakePolicy", "functions", "editions", "adoptions",
        "startsAt", "url", "registrationUrl",
    ];

    /// <summary>What to ask of an entry, in the order of its form.</summary>
    public static IReadOnlyList<Question> Of(Entry entry, IReadOnlyList<VerificationRecord> earlier, VocabularySet vocabularies)
    {
        // Of each field what was said of it last, whichever check that was in.
        var last = earlier.SelectMany(c => c.ByField().Select(f => (Path: f.Key, Said: $"{Answers.GetValueOrDefault(f.Value, f.Value)} ({c.CheckedOn:yyyy-MM-dd})")))
            .DistinctBy(f => f.Path).ToDictionary(f => f.Path, f => f.Said);
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
