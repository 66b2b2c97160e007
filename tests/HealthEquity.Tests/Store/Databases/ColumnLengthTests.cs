using System.Reflection;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Expressions;
using HealthEquity.Store.Lists;
using HealthEquity.Store.Partners;
using HealthEquity.Store.Presence;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Translations;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>A text that the code accepts fits its column on SQL Server, where a column has a length.</summary>
public sealed class ColumnLengthTests
{
    private static readonly string Id = Guid.Empty.ToString("D");

    // Columns whose texts people or files give: as long as the code's own limit, neither shorter nor longer.
    private static readonly Dictionary<string, (Type Type, string Limit)> Limited = new()
    {
        ["ApiClient.Name"] = (typeof(ApiClientStore), "MaxNameLength"),
        ["BulkChange.Reason"] = (typeof(Publisher), "MaxReasonLength"),
        ["BulkChangeItem.Note"] = (typeof(BulkChangeStore), "MaxNoteLength"),
        ["CheckRequest.Reason"] = (typeof(CheckRequests), "MaxReasonLength"),
        ["CuratedList.Slug"] = (typeof(CuratedListStore), "MaxSlugLength"),
        ["Curator.DisplayName"] = (typeof(CuratorStore), "MaxDisplayNameLength"),
        ["Curator.NormalizedUserName"] = (typeof(CuratorStore), "MaxUserNameLength"),
        ["Curator.UserName"] = (typeof(CuratorStore), "MaxUserNameLength"),
        ["Entry.ListingReason"] = (typeof(Publisher), "MaxReasonLength"),
        ["Entry.Name"] = (typeof(EntryStore), "MaxNameLength"),
        ["EntryComment.Text"] = (typeof(CommentStore), "MaxTextLength"),
        ["EntryKey.Value"] = (typeof(EntryKeys), "MaximumLength"),
        ["Import.Fault"] = (typeof(ImportStore), "MaxFaultLength"),
        ["Import.FileName"] = (typeof(ImportStore), "MaxFileNameLength"),
        ["Import.SourceTitle"] = (typeof(ImportStore), "MaxTitleLength"),
        ["ImportItem.Name"] = (typeof(ImportItems), "MaxNameLength"),
        ["ImportItem.Note"] = (typeof(ImportItems), "MaxNoteLength"),
        ["ImportRecord.SourceId"] = (typeof(SourceReader), "MaxIdLength"),
        ["ImportRefusal.Field"] = (typeof(ImportRefusals), "MaxPlaceLength"),
        ["ImportRefusal.Place"] = (typeof(ImportRefusals), "MaxPlaceLength"),
        ["ImportRefusal.Reason"] = (typeof(ImportRefusals), "MaxTextLength"),
        ["ImportRefusal.Remedy"] = (typeof(ImportRefusals), "MaxTextLength"),
        ["MergeProposal.Note"] = (typeof(Publisher), "MaxReasonLength"),
        ["MergeProposal.Reason"] = (typeof(Publisher), "MaxReasonLength"),
        ["PublishedList.Slug"] = (typeof(CuratedListStore), "MaxSlugLength"),
        ["PendingCheck.Method"] = (typeof(VocabularyEditor), "MaxCodeLength"),
        ["Review.Reason"] = (typeof(Publisher), "MaxReasonLength"),
        ["Revision.Note"] = (typeof(EntryStore), "MaxNoteLength"),
        ["Suggestion.Field"] = (typeof(SuggestionStore), "MaxFieldLength"),
        ["Suggestion.Message"] = (typeof(SuggestionStore), "MaximumLength"),
        ["Suggestion.Reason"] = (typeof(Publisher), "MaxReasonLength"),
        ["Term.Code"] = (typeof(VocabularyEditor), "MaxCodeLength"),
        ["Term.Definition"] = (typeof(VocabularyEditor), "MaxDefinitionLength"),
        ["Term.Label"] = (typeof(VocabularyEditor), "MaxLabelLength"),
        ["Term.MergedInto"] = (typeof(VocabularyEditor), "MaxCodeLength"),
        ["CuratorLanguages.Languages"] = (typeof(CuratorLanguages), "MaxLength"),
        ["TextMark.Path"] = (typeof(TextMarks), "MaxPathLength"),
        ["Verification.Evidence"] = (typeof(VerificationRecord), "MaxTextLength"),
        ["Verification.Method"] = (typeof(VocabularyEditor), "MaxCodeLength"),
        ["Verification.Note"] = (typeof(VerificationRecord), "MaxTextLength"),
        ["Verification.Outcome"] = (typeof(VocabularyEditor), "MaxCodeLength"),
        ["SavedView.Name"] = (typeof(SavedViews), "MaxNameLength"),
        ["SavedView.Query"] = (typeof(SavedViews), "MaxQueryLength"),
    };

    // Columns whose texts the code makes: with room for the longest that it can make.
    private static readonly Dictionary<string, int> Made = new()
    {
        ["ApiClient.KeyHash"] = 64,
        ["ApprovalUndo.ApprovedBy"] = LongestActor,
        ["Audit.Activity"] = "deleteSuggestions".Length,
        ["Audit.Actor"] = LongestActor,
        ["Audit.Hash"] = 64,
        ["Audit.PreviousHash"] = 64,
        ["Audit.Subject"] = "mapping:".Length + LongestSource,
        ["AuditHead.Hash"] = 64,
        ["AutosavedDraft.DraftKey"] = "entry:".Length + Id.Length,
        ["AutosavedDraft.Kind"] = LongestKind,
        ["BulkChange.Action"] = "suspendOverdue".Length,
        ["BulkChange.DecidedBy"] = LongestActor,
        ["BulkChange.RequestedBy"] = LongestActor,
        ["BulkChange.State"] = Longest<BulkState>(),
        ["BulkChange.UndoneBy"] = LongestActor,
        ["BulkChangeItem.State"] = Longest<BulkItemState>(),
        ["CheckRequest.RequestedBy"] = LongestActor,
        // An encrypted Base32 key of the authenticator, and a stamp of the framework.
        ["Curator.AuthenticatorKey"] = 300,
        ["Curator.SecurityStamp"] = 64,
        ["Curator.ExternalProvider"] = 100,
        // OpenID Connect: a subject has at most 255 characters.
        ["Curator.ExternalSubject"] = 255,
        ["Curator.PasswordHash"] = 200,
        ["Curator.RecoveryCodes"] = 10 * 64,
        ["Curator.Role"] = Longest<CuratorRole>(),
        ["CuratorColumns.Columns"] = 200,
        ["CuratorDensity.Density"] = CuratorDensity.Comfortable.Length,
        ["CuratorLanguages.Role"] = Longest<CuratorRole>(),
        ["CuratorSession.Device"] = "Unknown browser on unknown system".Length,
        ["CuratorSession.Method"] = "external".Length,
        ["DataProtectionKey.FriendlyName"] = "key-".Length + Id.Length,
        ["DuplicatePair.DecidedBy"] = LongestActor,
        ["DuplicatePair.State"] = "notSame".Length,
        ["Entry.DraftState"] = Longest<DraftState>(),
        ["Entry.Kind"] = LongestKind,
        ["Entry.Listing"] = Longest<Listing>(),
        ["Entry.Slug"] = LongestSlug,
        ["EntryKey.Type"] = EntryKeys.NameAndAddress.Length,
        ["EntryTerm.Code"] = 100,
        ["EntryTerm.Vocabulary"] = LongestVocabulary,
        ["FormerSlug.Slug"] = LongestSlug,
        ["Import.Mapping"] = LongestSource,
        ["Import.PlannedBy"] = LongestActor,
        ["Import.Source"] = LongestSource,
        ["Import.StartedBy"] = LongestActor,
        ["Import.State"] = Longest<ImportState>(),
        ["ImportConflict.Path"] = "adoptions[999].jurisdiction.stateProvince".Length,
        ["ImportConflict.SettledBy"] = LongestActor,
        ["ImportConflict.Source"] = LongestSource,
        ["ImportConflict.State"] = "superseded".Length,
        // A name of a file, or of a file in an archive.
        ["ImportFile.Name"] = 255,
        ["ImportItem.Fingerprint"] = 64,
        ["ImportItem.Outcome"] = Longest<ImportOutcome>(),
        ["ImportItem.Slug"] = LongestSlug,
        ["ImportItem.State"] = Longest<ImportItemState>(),
        ["ImportRecord.Fingerprint"] = 64,
        ["ImportRecord.Source"] = LongestSource,
        ["ImportRefusal.FileName"] = 255,
        ["MergedEntry.MergedBy"] = LongestActor,
        ["MergeProposal.DecidedBy"] = LongestActor,
        ["MergeProposal.ProposedBy"] = LongestActor,
        ["MergeProposal.State"] = "declined".Length,
        ["PendingCheck.CheckedBy"] = LongestActor,
        ["Presence.Activity"] = PresenceStore.Editing.Length,
        ["Published.Kind"] = LongestKind,
        ["Published.Slug"] = LongestSlug,
        ["Review.DecidedBy"] = LongestActor,
        ["Review.Decision"] = "undoApproval".Length,
        ["Revision.Author"] = LongestActor,
        ["SavedMapping.ChangedBy"] = LongestActor,
        ["SavedMapping.Name"] = LongestSource,
        ["SchemaVersions.ScriptName"] = 100,
        ["SearchExpression.Language"] = 35,
        ["SearchExpression.Meaning"] = 120,
        ["SearchExpression.Text"] = Limit(typeof(SearchExpression), "MaxTextLength"),
        ["Setting.ChangedBy"] = LongestActor,
        ["SavedView.Slug"] = 60,
        ["Setting.Name"] = 60,
        ["SiteSetting.Name"] = 60,
        ["SetUpLink.TokenHash"] = 64,
        ["StarterEntry.Slug"] = LongestSlug,
        ["Suggestion.Kind"] = LongestKind,
        ["Suggestion.SettledBy"] = LongestActor,
        ["Suggestion.State"] = "dismissed".Length,
        ["Term.Source"] = 400,
        ["Term.Vocabulary"] = LongestVocabulary,
        ["Verification.CheckedBy"] = LongestActor,
        ["TextMark.Language"] = 35,
        ["TextMark.Pair"] = 64,
        ["TextMark.Provenance"] = TranslationStore.MachineReviewed.Length,
        ["TextMark.ReviewedBy"] = LongestActor,
        ["Vocabulary.Definition"] = Limit(typeof(VocabularyEditor), "MaxDefinitionLength"),
        ["Vocabulary.Label"] = Limit(typeof(VocabularyEditor), "MaxLabelLength"),
        ["Vocabulary.Name"] = LongestVocabulary,
    };

    private static int LongestSource => Limit(typeof(HsdsSource), "MaxNameLength");

    private static int LongestActor => "system:import:".Length + LongestSource;

    // A number is put behind a slug that is taken.
    private static int LongestSlug => Limit(typeof(Slug), "MaximumLength") + "-1000000".Length;

    private static int LongestKind => EntryKinds.All.Max(k => k.Code().Length);

    private static int LongestVocabulary => 60;

    [Fact]
    public void A_column_is_as_long_as_the_limit_that_the_code_keeps()
    {
        var lengths = TSqlSchema.TextLengths;
        Assert.Equal(Limited.ToDictionary(l => l.Key, l => Limit(l.Value.Type, l.Value.Limit)), Limited.Keys.ToDictionary(c => c, c => lengths.GetValueOrDefault(c)));
    }

    [Fact]
    public void A_column_has_room_for_the_longest_text_that_the_code_makes() =>
        Assert.Empty(Made.Where(m => TSqlSchema.TextLengths.GetValueOrDefault(m.Key) < m.Value).Select(m => m.Key));

    [Fact]
    public void No_column_with_a_length_is_left_out() => Assert.Equal(TSqlSchema.TextLengths.Keys.Order(), Limited.Keys.Concat(Made.Keys).Order());

    private static int Limit(Type type, string name) =>
        (int)type.GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetRawConstantValue()!;

    private static int Longest<T>()
        where T : struct, Enum => Enum.GetNames<T>().Max(n => n.Length);
}
