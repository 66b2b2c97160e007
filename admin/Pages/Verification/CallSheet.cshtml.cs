using System.Text.Json;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Verification;
using HealthEquity.Admin.Wording;
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

/// <summary>The call sheet: contacts, questions, and the result of a check.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class CallSheetModel(Publisher publisher, VerificationStore verifications, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>The revision that the curator saw.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string Method { get; set; } = "";

    [BindProperty]
    public string Outcome { get; set; } = "";

    [BindProperty]
    public DateOnly? CheckedOn { get; set; }

    /// <summary>An earlier date for the next check; null for the default.</summary>
    [BindProperty]
    public DateOnly? NextOn { get; set; }

    /// <summary>Whether to publish a suspended entry again after it is confirmed.</summary>
    [BindProperty]
    public bool Resume { get; set; }

    [BindProperty]
    public string? Evidence { get; set; }

    [BindProperty]
    public string? Remark { get; set; }

    public EntryRow Row { get; private set; } = null!;

    /// <summary>The revision to check: the public one if there is one.</summary>
    public Entry Entry { get; private set; } = null!;

    /// <summary>The request for an early check; null for none.</summary>
    public CheckRequest? Asked { get; private set; }

    public IReadOnlyList<Question> Questions { get; private set; } = [];

    public IReadOnlyList<RegistryLink> Registries { get; private set; } = [];

    public IReadOnlyList<VerificationRecord> Earlier { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public DirectorySettings Settings { get; private set; } = null!;

    /// <summary>The current date in the department's time zone.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The number of consecutive failed contact attempts.</summary>
    public int Unreached => Earlier.TakeWhile(c => c.Outcome == "unreachable").Count();

    public bool ProposesSuspension => Row.Listing == Listing.Published && Unreached >= Settings.UnreachedTries;

    public bool MayResume => Row is { Listing: Listing.Suspended, PublishedRevision: not null };

    /// <summary>The latest date for the next check after a confirmation.</summary>
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
            ModelState.AddModelError(nameof(Method), "Choose a method.");
        }

        if (Vocabularies.Find(VocabularyNames.VerificationOutcome, Outcome) is null)
        {
            ModelState.AddModelError(nameof(Outcome), "Choose an outcome.");
        }

        if (CheckedOn is null)
        {
            ModelState.AddModelError(nameof(CheckedOn), "Enter the date of the check.");
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

        var differs = check.FieldsNotConfirmed().Count > 0;
        Notice = confirmed ? $"Confirmed{(resume ? " and published again" : "")}. Next check by {DisplayFormat.Date(NextOn ?? NextDue)}."
            : $"Recorded.{(NextOn is null ? "" : $" Next check by {DisplayFormat.Date(NextOn)}.")}{(differs ? " Now correct the fields that are wrong or have changed." : "")}";
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

    /// <summary>Returns the posted answer for a field: confirmed, changed, wrong, or empty.</summary>
    public string Answer(string path) => Request.HasFormContentType ? Request.Form["field:" + path].ToString() : "";

    private string? FieldOutcomes()
    {
        var outcomes = Questions.Select(q => (q.Path, Answer: Answer(q.Path))).Where(a => Question.Answers.ContainsKey(a.Answer))
            .ToDictionary(a => a.Path, a => a.Answer);
        return outcomes.Count == 0 ? null : JsonSerializer.Serialize(outcomes);
    }
}
