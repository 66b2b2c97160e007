using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Verification;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Verify;

/// <summary>One call: what is public, what to say, the answers, and what they lead to. Saving opens the next call.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class CallModel(CallStore calls, CallQueue queue, DirectoryRules rules, TimeProvider clock) : ConsolePage
{
    /// <summary>The name of the call that can be undone, in TempData.</summary>
    public const string UndoName = "UndoCall";

    private const int QueueShown = 10;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>The language of the script; null for the entry's.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Language { get; set; }

    /// <summary>The revision that the caller saw.</summary>
    [BindProperty]
    public int Revision { get; set; }

    /// <summary>The latest revision, on which corrections are based.</summary>
    [BindProperty]
    public int BasedOn { get; set; }

    [BindProperty]
    public string Method { get; set; } = "phoneCall";

    [BindProperty]
    public DateOnly? CheckedOn { get; set; }

    /// <summary>When to try again: a code of <see cref="TryAgain"/>.</summary>
    [BindProperty]
    public string? Again { get; set; }

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

    public IReadOnlyList<CallGroup> Groups { get; private set; } = [];

    public CallScript Script { get; private set; } = null!;

    /// <summary>The request for an early check; null for none.</summary>
    public CheckRequest? Asked { get; private set; }

    public IReadOnlyList<VerificationRecord> Earlier { get; private set; } = [];

    public IReadOnlyList<Suggestion> Reports { get; private set; } = [];

    public IReadOnlyList<RegistryLink> Registries { get; private set; } = [];

    /// <summary>The curator's next calls.</summary>
    public IReadOnlyList<QueuedCall> Mine { get; private set; } = [];

    public int DoneToday { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public DirectorySettings Settings { get; private set; } = null!;

    public IReadOnlyList<TryAgain> Times { get; private set; } = [];

    /// <summary>The department's name, for the script.</summary>
    public string DepartmentName { get; private set; } = "";

    /// <summary>The current date in the department's time zone.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The number of consecutive failed attempts. Those within an hour count as one.</summary>
    public int Unreached => WorkQueue.CountAttempts(Earlier.TakeWhile(c => c.Outcome is "unreachable" or "voicemail").Select(c => c.RecordedAt));

    public bool ProposesSuspension => Row.Listing == Listing.Published && Unreached >= Settings.UnreachedTries;

    public bool MayResume => Row is { Listing: Listing.Suspended, PublishedRevision: not null };

    public async Task OnGetAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        Settings = await Department.SettingsAsync(Cancellation);
        DepartmentName = (await Department.SiteAsync(Cancellation)).DepartmentName;
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, Id, Row.CheckedRevision, Cancellation)).Body);
        Earlier = await VerificationStore.ListAsync(session, Id, Cancellation);
        Groups = CallGroup.Of(Entry, Earlier, Vocabularies, Settings);
        Script = CallScript.In(Language ?? CallScript.For(Entry)[0]);
        Asked = await CheckRequests.FindAsync(session, [Id], Cancellation) is [var asked, ..] ? asked : null;
        Reports = await SuggestionStore.ListOpenAsync(session, Id, Cancellation);
        Registries = RegistryLink.Of(Entry);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Mine = [.. (await queue.ListAsync(session, new CallFilter { AssignedTo = User.CuratorId() }, Cancellation)).Take(QueueShown)];
        DoneToday = (await queue.DoneTodayAsync(session, User.CuratorId(), Cancellation)).Count;
        Times = TryAgain.Choices(Settings, clock.GetUtcNow());
    }

    /// <summary>Saves the answers. If everything required was answered, the entry is confirmed, or its corrections go to review.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await OnGetAsync();
        var read = await AnswersAsync();
        foreach (var (group, error) in read.Errors)
        {
            ModelState.AddModelError("v." + group, error);
        }

        if (read.Errors.Count == 0 && read.Answers.Count == 0)
        {
            ModelState.AddModelError($"a.{(Groups is [var first, ..] ? first.Code : "")}", "Answer at least one question, or choose what happened: no answer, voicemail, refused, closed.");
        }

        var missing = CallQuestions.Missing(Settings, Row.Kind, read.Answers);
        var isPartial = Request.Form["partial"] == "true";
        if (missing.Count > 0 && !isPartial && read.Errors.Count == 0 && read.Answers.Count > 0)
        {
            // In the words and the order of the screen.
            var asked = Groups.Where(g => missing.Contains(g.Code)).ToList();
            var names = asked.Select(g => g.Label.ToLowerInvariant()).Concat(missing.Except(asked.Select(g => g.Code)).Select(CallQuestions.Label));
            ModelState.AddModelError($"a.{asked.FirstOrDefault()?.Code ?? missing[0]}", $"Ask about these first: {string.Join(", ", names)}. Or save without confirming.");
        }

        var wrong = read.Answers.Values.Contains(CallQuestions.Wrong);
        var corrected = read.CorrectedGroups.Count > 0;
        return await SaveAsync(
            Result(missing.Count > 0 || wrong ? "inconclusive" : VerificationRecord.Confirmed) with
            {
                Answers = read.Answers,
                Correction = corrected ? read.Corrected : null,
                CorrectionNote = string.Join(", ", read.CorrectedGroups),
                TryAfter = missing.Count > 0 ? TryAgain.Parse(Times[0].Code, Settings) : null,
            },
            toForm: wrong);
    }

    /// <summary>Records that nobody answered, that they refused, or that the service has ended.</summary>
    public async Task<IActionResult> OnPostEndAsync(string? outcome)
    {
        await OnGetAsync();
        if (outcome is not ("unreachable" or "voicemail" or "refused" or "closed"))
        {
            ModelState.AddModelError("", "Choose what happened: no answer, voicemail, refused, closed.");
        }

        return await SaveAsync(Result(outcome ?? "") with { TryAfter = TryAgain.Parse(Again ?? Times[0].Code, Settings) }, toForm: false);
    }

    /// <summary>Returns a posted value; empty for none.</summary>
    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    /// <summary>Returns whether a box is checked: as posted, or as it is now.</summary>
    public bool IsChecked(CallGroup group, string code) =>
        Request.HasFormContentType ? Request.Form["c." + group.Code].Contains(code) : group.Chosen.Contains(code);

    private async Task<CallAnswers> AnswersAsync()
    {
        var latest = await ReadAsync(s => EntryStore.ReadRevisionAsync(s, Id, Row.LatestRevision, Cancellation));
        return CallAnswers.Read(Request.Form, Groups, EntryJson.Read(latest.Body), Today, Settings.TimeZone);
    }

    private CallResult Result(string outcome) => new()
    {
        EntryId = Id,
        Revision = Revision,
        BasedOn = BasedOn,
        Outcome = outcome,
        Method = Vocabularies.Find(VocabularyNames.VerificationMethod, Method) is null ? "phoneCall" : Method,
        CheckedOn = CheckedOn,
        Evidence = Evidence,
        Note = Remark,
        Resume = Resume,
    };

    private async Task<IActionResult> SaveAsync(CallResult result, bool toForm)
    {
        RecordedCall? call = null;
        if (ModelState.ErrorCount > 0 || !await TryAsync(async s => call = await calls.RecordAsync(s, result, Actor, Cancellation)))
        {
            return Page();
        }

        Notice = $"{Row.Name}: {Said(result, call!)}";
        if (toForm)
        {
            return RedirectToPage("/Entries/Edit", new { id = Id });
        }

        TempData[UndoName] = call!.VerificationId.ToString();
        var next = await ReadAsync(NextAsync);
        return next is { } id ? RedirectToPage("Call", new { id }) : RedirectToPage("Index");
    }

    private string Said(CallResult result, RecordedCall call) => result.Outcome switch
    {
        _ when call.InReview => $"{result.CorrectionNote} corrected and sent to review.",
        _ when call.InDraft => $"{result.CorrectionNote} corrected in the unfinished draft. Send it to review when it is done.",
        _ when call.Suspended => "recorded and suspended.",
        VerificationRecord.Confirmed => $"confirmed. Next check by {DisplayFormat.Date(Settings.DueOn(Row.Kind, CheckedOn ?? Today))}.",
        "unreachable" or "voicemail" => $"{(result.Outcome == "voicemail" ? "voicemail" : "no answer")}. Try again: {TryAgain.WordsOf(Again ?? Times[0].Code, Times)}.",
        _ => "recorded, not confirmed.",
    };

    /// <summary>The curator's next call, or the most urgent one that is nobody's.</summary>
    private async Task<Guid?> NextAsync(DbSession session)
    {
        var mine = await queue.ListAsync(session, new CallFilter { AssignedTo = User.CuratorId() }, Cancellation);
        var next = mine.FirstOrDefault(c => c.EntryId != Id)
            ?? (await queue.ListAsync(session, new CallFilter { Unassigned = true }, Cancellation)).FirstOrDefault(c => c.EntryId != Id);
        return next?.EntryId;
    }
}
